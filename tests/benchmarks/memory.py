"""What memory processes hold, and whether it grows."""

from __future__ import annotations

import math
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FLAT: Final = 0.05
"""Growth of memory over what is looked at, as a share of its mean, that counts as flat."""
RULE: Final = f"Flat: at most {FLAT:+.0%}. Growing: above that by more than two standard errors."


def parents() -> Mapping[int, int]:
    """Return the parent of every process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found[int(folder.name)] = int(stat.rsplit(")", 1)[1].split()[1])
    return found


def below(pids: set[int]) -> set[int]:
    """Return processes with all that they have started, and what these have started."""
    family, known = set(pids), parents()
    while more := {pid for pid, parent in known.items() if parent in family} - family:
        family |= more
    return family


def megabytes(pids: set[int]) -> float:
    """Return the memory of processes; one that has just ended holds none.

    What processes share is counted once, by halves (PSS).
    """
    held = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        held += sum(int(one.split()[1]) for one in lines if one.startswith("Pss:"))
    return held / 1024


def growth(samples: Sequence[tuple[float, float]], over: float) -> tuple[float, float]:
    """Return the growth over a stretch as a share of the mean, and the standard error of it.

    By a straight line through all samples but the first third, in which memory still fills up.

    Parameters
    ----------
    samples
        How far, in seconds or figures or what else there is to count, and the memory held there.
    over
        The stretch, in the same unit.
    """
    settled = samples[len(samples) // 3 :]
    far, held = [x for x, _ in settled], [y for _, y in settled]
    line = statistics.linear_regression(far, held)
    rest = [y - line.intercept - line.slope * x for x, y in settled]
    spread = sum((x - statistics.fmean(far)) ** 2 for x in far)
    error = math.sqrt(sum(r * r for r in rest) / max(1, len(rest) - 2) / spread)
    scale = over / statistics.fmean(held)
    return line.slope * scale, error * scale


def verdict(share: float, error: float) -> str:
    """Say whether memory is flat, grows, or moves too much to tell."""
    if share <= FLAT:
        return "flat"
    return "growing" if share - 2 * error > FLAT else "not told from its own ups and downs"
