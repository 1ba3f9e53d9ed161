"""Six views a first-time reader can click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.view import DEFAULT_LAYERS
from geodata.ids import DEFAULT_SCHEME, MUNICIPALITIES, PROVINCES, XIONGAN
from geodata.records import REGION_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.view import View

_BASE: Final[Mapping[str, Any]] = {
    "scheme": DEFAULT_SCHEME,
    "circle": (),
    "level": "county",
    "classes": "auto",
    "limits": (),
    "k": 5,
    "regions": (),
    "benchmark": REGION_ID,
    "census": "2020",
    "layers": DEFAULT_LAYERS,
}
PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "cities": {"level": "city", "indicator": "gdp", "regions": MUNICIPALITIES},
    "wings": {"indicator": "lq_leasing_business", "regions": ("110112", XIONGAN)},
    "capital": {"circle": ("capital",), "indicator": "lq_science_technology"},
    "tianjin": {"circle": ("tianjin",), "indicator": "lq_manufacturing"},
    "shijiazhuang": {
        "circle": ("shijiazhuang",),
        "indicator": "lq_manufacturing",
        "layers": (*DEFAULT_LAYERS, "clusters"),
    },
    "digital": {
        "indicator": "lq_information_software",
        "regions": PROVINCES,
        "layers": (
            "fill",
            "cities",
            "lines",
            "labels",
            "clusters.digital",
            "clusters.electronics",
            "computing",
        ),
    },
}
"""What each sets; everything else is as on a first visit, the language as it is."""


def address(name: str, view: View) -> str:
    """Return the query of a preset in the language of `view`."""
    return view.query(**{**_BASE, **PRESETS[name], "story": name})
