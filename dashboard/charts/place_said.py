"""What is said of a place in one sentence, on its page and in its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.charts.place_industries import leading, reference_of, specials
from dashboard.panels.place import sentence

if TYPE_CHECKING:
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.records import Place


def said(scene: Scene, place: Place, view: View, context: Context) -> str:
    """Return the sentence on a place."""
    benchmark = reference_of(scene, place, view)
    top = leading(specials(scene, place, benchmark))[:1]
    return sentence(
        scene.atlas.profile(place.id, view.scheme),
        next(((one.name, one.now) for one in top), None),
        context.word("benchmark", benchmark),
        context,
    )
