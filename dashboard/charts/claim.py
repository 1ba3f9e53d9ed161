"""One claim: each of its tests as a bar from nothing to its figure, with the limit across it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.axes import axis
from dashboard.charts.choices import region_of
from dashboard.charts.record import Canvas, Caption, Chart, Key, Panel, Row, undrawn
from dashboard.charts.rows import value_row
from dashboard.lettering import base_layout, halo, plain, width_of
from dashboard.numbers import number
from dashboard.palette import INK, SERIES
from dashboard.panels.claims import (
    figures_text,
    judged_decimals,
    judged_text,
    limit_text,
    outcome_word,
    tests_table,
    turn_lines,
    verdict_line,
)
from dashboard.units import counted
from dashboard.wording import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dashboard.palette import Theme
    from dashboard.scene import Scene
    from dashboard.view import View
    from dashboard.wording import Context
    from geodata.measures.verdict import Limit
    from geodata.records import Lang
    from geodata.studies.claims import Finding, Tested

LANE: Final = 58
"""Pixels of a test."""
TOP, BOTTOM, LEFT, RIGHT = 6, 10, 34, 12
BAR: Final = 0.3
"""Part of a lane that a bar takes."""
TYPE, SMALL = 12, 11
TICK: Final = 0.22
"""Half the length of a limit in lanes. The words of the first limit stand above it, those of the
second below, since two may lie close together."""
BESIDE: Final = 6
"""Pixels between a bar or a limit and the figure."""
EDGE: Final = 0.05
"""How far the drawing reaches where there are no bars."""
COLOURS: Final = {"holds": SERIES[0], "fails": "accent", "open": SERIES[1], None: "muted"}
"""Of the outcomes; what is told and not judged has the colour of quiet words."""


def charts(scene: Scene, view: View, context: Context) -> list[Chart]:
    """Return the one chart: the tests of the chosen claim that have a figure."""
    t = context.t
    found = scene.atlas.claims.finding(view.claim)
    title, subject = found.claim.name[t.lang], region_of(scene).label
    drawn = [one for one in found.tests if one.judged is not None]
    said = (verdict_line(found, t), *turn_lines(found, context))
    notes = (found.claim.caveat[t.lang], t("findings.needed", what=found.claim.needed[t.lang]))
    if not drawn:
        empty = undrawn("claim", title, subject, t("findings.no_figure"), notes)
        return [replace(empty, say=said, below=partial(tests_table, found, context))]
    return [
        Chart(
            "claim",
            title,
            subject,
            partial(claim_chart, drawn, context),
            lambda: rows(found, scene, context),
            lead=t("findings.claim_lead"),
            say=said,
            notes=notes,
            key=tuple(_key(one, at, context) for at, one in enumerate(drawn, 1)),
            source_ids=found.source_ids,
            caption=Caption(
                (subject, found.claim.name),
                subtitle=f"{verdict_line(found, t)} {t('findings.claim_lead')}",
            ),
            below=partial(tests_table, found, context),
            below_said=tuple(
                t("findings.not_published", test=one.test.name[t.lang])
                for one in found.tests
                if one.outcome == "missing"
            ),
        )
    ]


def _key(one: Tested, number: int, context: Context) -> Key:
    words = context.t(
        "findings.test_key",
        test=one.test.name[context.lang],
        outcome=outcome_word(one.outcome, context.t),
        figures=figures_text(one, context),
    )
    return Key(words, COLOURS[one.outcome], "dot", number=str(number))


def rows(found: Finding, scene: Scene, context: Context) -> Iterator[Row]:
    """Yield the figure of each test, then the published figures that it was computed from."""
    whole = region_of(scene)
    for one in found.tests:
        if one.judged is None:
            continue
        item = (f"{found.claim.id}.{one.test.id}", one.test.name)
        yield replace(value_row(whole, item, one.judged, context), catalogued=False)
    for part in dict.fromkeys(part for one in found.tests for part in one.parts):
        known = part.id is not None
        item = (part.id.indicator if part.id else "", part.label)
        row = value_row(whole, item, part.value, context)
        yield replace(
            row,
            id=part.id.place if part.id else "",
            name=part.of,
            benchmark=part.id.benchmark if part.id else "",
            catalogued=known,
        )


def claim_chart(drawn: Sequence[Tested], context: Context, canvas: Canvas) -> dict[str, Any]:
    """Draw a lane for each test, each on a scale of its own from zero.

    Parameters
    ----------
    drawn
        Tests with a figure, one at least.
    context
        Words.
    canvas
        What it is drawn on.
    """
    theme = canvas.theme
    height = TOP + BOTTOM + LANE * len(drawn)
    marks = [_marks(one) for one in drawn]
    low, high, unit = _scale(marks, canvas.width - LEFT - RIGHT, _rooms(drawn, context.lang))
    layout = base_layout(theme, height, {"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM})
    lanes = [_lane(one, at, (marks[at], unit), theme, context.lang) for at, one in enumerate(drawn)]
    layout["xaxis"] = axis(theme, range=[low, high], showgrid=False, showticklabels=False)
    layout["yaxis"] = axis(
        theme,
        range=[len(drawn) - 0.5, -0.5],
        tickvals=list(range(len(drawn))),
        ticktext=[str(at) for at in range(1, len(drawn) + 1)],
        tickfont={"size": TYPE, "color": INK[theme].text},
        showgrid=False,
    )
    layout["shapes"] = [
        _upright(0.0, (-0.5, len(drawn) - 0.5), INK[theme].grid),
        *(shape for lane in lanes for shape in lane.shapes),
    ]
    layout["annotations"] = [words for lane in lanes for words in lane.words]
    colours = [Key("", COLOURS[one.outcome]).colour_in(theme) for one in drawn]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [round(end, 4) for end, *_ in marks],
        "y": list(range(len(drawn))),
        "width": BAR,
        "marker": {"color": colours},
        "hovertext": [plain(_hover(one, context)) for one in drawn],
        "hoverinfo": "text",
    }
    return {"data": [bars], "layout": layout}


def _rooms(drawn: Sequence[Tested], lang: Lang) -> tuple[float, float]:
    """Return the pixels kept for a figure behind its bar, and for half the words of a limit."""
    told = max(width_of(_told(one, lang), TYPE) for one in drawn)
    written = [limit_text(limit, one.judged, lang) for one in drawn for limit in _limits(one)]
    return told + 4 * BESIDE, max((width_of(one, SMALL) for one in written), default=0) / 2


def _scale(
    marks: Sequence[Sequence[float]], width: int, rooms: tuple[float, float]
) -> tuple[float, float, float]:
    """Return the ends of the scale and the pixels of its unit.

    Each side reaches to the furthest of its marks, and has the room of a figure beyond if there
    are bars on it, else that of a limit's words.
    """
    sides = []
    for side in (-1, 1):
        reach = max(0.0, *(side * mark for lane in marks for mark in lane))
        bars = any(side * (lane[0] or 1) > 0 for lane in marks)
        sides.append((max(reach, EDGE), rooms[0] if bars else rooms[1] if reach else 0))
    unit = (width - sum(room for _, room in sides)) / sum(reach for reach, _ in sides)
    low, high = (reach + room / unit for reach, room in sides)
    return -low, high, unit


@dataclass(frozen=True, slots=True)
class _Lane:
    """The lines and words to be drawn around a bar."""

    shapes: tuple[dict[str, Any], ...]
    words: tuple[dict[str, Any], ...]


def _limits(one: Tested) -> list[Limit]:
    return [limit for limit in (one.test.holds, one.test.fails) if limit is not None]


def _marks(one: Tested) -> list[float]:
    """Return where a bar ends and where its limits stand, -1 to 1."""
    value = one.judged.value if one.judged and one.judged.value is not None else 0.0
    found = [value, *(limit.number for limit in _limits(one))]
    whole = max(*map(abs, found), 1e-9)
    return [mark / whole for mark in found]


def _clear(end: float, places: Iterable[float], room: float) -> float:
    """Return from where words of such a width stand beyond a bar with no limit through them."""
    side = 1 if end >= 0 else -1
    for place in sorted(places, key=lambda one: one * side):
        if 0 <= (place - end) * side < room:
            end = place
    return end


def _lane(
    one: Tested, at: int, scaled: tuple[Sequence[float], float], theme: Theme, lang: Lang
) -> _Lane:
    """Return the lane of a test, `scaled` to its marks and the pixels of its scale from 0 to 1."""
    ((end, *places), unit), ink = scaled, INK[theme]
    told = _told(one, lang)
    start = _clear(end, places, (width_of(told, TYPE) + 2 * BESIDE) / unit)
    return _Lane(
        tuple(_upright(x, (at - TICK, at + TICK), ink.text) for x in places),
        (
            _words(
                told,
                (start, at),
                (ink.text, ink.paper),
                BESIDE if end >= 0 else -BESIDE,
                end or 1,
            ),
            *(
                _words(
                    limit_text(limit, one.judged, lang),
                    (x, at + side * TICK),
                    (ink.muted, ink.paper),
                    0,
                    0,
                )
                | {"yanchor": "bottom" if side < 0 else "top"}
                for limit, x, side in zip(_limits(one), places, (-1, 1), strict=False)
            ),
        ),
    )


def _told(one: Tested, lang: Lang) -> str:
    """Write the figure of a test."""
    judged, places = counted(one.judged, lang), judged_decimals(one)
    if not judged:
        return ""
    return number(judged.value or 0.0, decimals_of(judged) if places is None else places)


def _hover(one: Tested, context: Context) -> str:
    return f"{one.test.name[context.lang]}: {judged_text(one, context)}"


def _upright(x: float, span: tuple[float, float], colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": round(x, 4),
        "x1": round(x, 4),
        "y0": span[0],
        "y1": span[1],
        "line": {"width": 1.4, "color": colour},
    }


def _words(
    words: str, at: tuple[float, float], ink: tuple[str, str], shift: int, side: float
) -> dict[str, Any]:
    """Return words beside a point: on the side of its sign, in the middle where that is 0.

    `ink` is their colour and that of the paper, which parts them from the lines that they cross.
    """
    colour, paper = ink
    return {
        "x": round(at[0], 4),
        "y": at[1],
        "xshift": shift,
        "xanchor": "left" if side > 0 else "right" if side < 0 else "center",
        "text": plain(words),
        "showarrow": False,
        "font": {"size": TYPE if side else SMALL, "color": colour, "shadow": halo(paper)},
    }


PANEL = Panel("findings", "claim", charts, ("claim",), ("claim",), "sheet")
