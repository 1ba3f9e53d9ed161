"""Entropy weights (熵权): the more an indicator tells places apart, the more it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def entropy_weights(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weight of each indicator from how unevenly it is spread over the rows.

    p[i, j] = x[i, j] ÷ Σᵢ x, e[j] = −Σᵢ p ln p ÷ ln m with 0 ln 0 = 0, and
    w[j] = (1 − e[j]) ÷ Σ (1 − e).

    Parameters
    ----------
    figures
        Shape (m, k): m ≥ 2 rows, such as places by years, of k indicators in any units; not
        negative, and no column all zero.

    Returns
    -------
    ndarray, shape (k,)
        Not negative, adding to 1; all alike where no indicator tells the rows apart.

    Raises
    ------
    ValueError
        If a figure is missing or negative, a column is zero, or there is one row only.

    References
    ----------
    Hwang, C.-L., Yoon, K. (1981): Multiple Attribute Decision Making. Springer, 52–57.
    """
    rows = figures.shape[0]
    if figures.ndim != 2 or rows < 2 or not np.isfinite(figures).all():  # noqa: PLR2004
        message = f"Entropy needs at least two rows without gaps, not {figures.shape}."
        raise ValueError(message)
    totals = figures.sum(axis=0)
    if (figures < 0).any() or (totals <= 0).any():
        message = "Figures must not be negative, and every indicator needs one above zero."
        raise ValueError(message)
    parts = figures / totals
    logs = np.log(np.where(parts > 0, parts, 1.0))
    told = 1 + (parts * logs).sum(axis=0) / np.log(rows)
    told = np.where(told < 1e-12, 0.0, told)  # noqa: PLR2004 - what rounding leaves
    whole = told.sum()
    return np.asarray(told / whole if whole else np.full(told.shape, 1 / told.size))
