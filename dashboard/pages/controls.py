"""The controls of the Explore page, and what they show for a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.attributes import aria
from dashboard.view import LAYERS, MAX_CLASSES, METHODS, MIN_CLASSES, View

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from geodata.records import Indicator


def control_values(scene: Scene, view: View, t: Text) -> dict[tuple[str, str], Any]:
    """Return every property of the controls that depends on the view, by (id, property)."""
    indicator = scene.atlas.indicators[view.indicator]
    years = [_slot(year) for year in indicator.years[view.level]]
    properties: dict[tuple[str, str], Any] = {
        ("scheme", "value"): view.scheme,
        ("circles", "children"): circle_chips(scene, view),
        ("circles", "value"): list(view.circle),
        ("level", "value"): view.level,
        ("indicator", "value"): view.indicator,
        ("definition", "children"): indicator.definition[t.lang],
        ("year", "min"): years[0],
        ("year", "max"): years[-1] + (len(years) == 1),
        ("year", "marks"): year_marks(years),
        ("year", "value"): _slot(view.year),
        ("year", "disabled"): len(years) == 1,
        ("year-shown", "children"): view.year,
        ("classes", "value"): view.classes,
        ("k", "value"): str(view.k),
        ("limits", "value"): ", ".join(f"{x:.12g}" for x in view.limits),
        ("benchmark", "value"): view.benchmark,
        ("census", "value"): view.census,
        ("layers", "value"): [name for name in LAYERS if view.shows(name)],
        ("filter-clusters", "value"): list(view.narrowed("clusters")),
        ("filter-parks", "value"): list(view.narrowed("parks")),
        ("regions", "value"): list(view.regions),
        ("language", "value"): view.lang,
    }
    values = {id_: value for (id_, prop), value in properties.items() if prop == "value"}
    return {**properties, ("view", "data"): {"values": values}}


def _slot(year: str) -> int:
    """Return where a year stands on the slider; a period like 2010-2020 at its end."""
    return int(year[-4:])


def circle_chips(scene: Scene, view: View) -> list[Component]:
    """Return a chip for each circle of the scheme."""
    return [
        dmc.Chip(circle.name[view.lang], value=circle.id, size="xs", radius="sm")
        for circle in scene.atlas.circles(view.scheme)
    ]


def year_marks(years: list[int]) -> list[dict[str, Any]]:
    """Return a mark per year, labelled where the labels do not run into each other."""
    if len(years) == 1:
        return [{"value": years[0], "label": str(years[0])}]
    apart = max(2, -(-(years[-1] - years[0]) // 4))
    marks: list[dict[str, Any]] = []
    last = None
    for year in years:
        mark: dict[str, Any] = {"value": year}
        close_to_end = year != years[-1] and years[-1] - year < apart
        if last is None or (year - last >= apart and not close_to_end) or year == years[-1]:
            mark["label"] = str(year)
            last = year
        marks.append(mark)
    return marks


def controls(scene: Scene, view: View, t: Text) -> Component:
    """Return all controls as the view sets them."""
    value = control_values(scene, view, t)

    def of(name: str) -> dict[str, Any]:
        return {prop: v for (id_, prop), v in value.items() if id_ == name}

    atlas = scene.atlas
    schemes = [{"value": s.id, "label": s.name[t.lang]} for s in atlas.schemes]
    benchmarks = [
        {"value": b, "label": atlas.term("benchmark", b)[t.lang]}
        for b in scene.vocabulary.benchmarks
    ]
    return html.Div(
        [
            dmc.Select(id="scheme", label=t("shell.scheme"), data=schemes, **of("scheme"), **PLAIN),
            html.Div(
                [
                    html.Div(t("shell.circle"), className="control-label", id="circle-label"),
                    html.Div(
                        # A group of chips is no element of the page; the id is its frame's.
                        dmc.ChipGroup(id="circles", multiple=True, **of("circles")),
                        id="circle",
                        className="chips",
                    ),
                ],
                role="group",
                **aria(labelledby="circle-label"),
            ),
            dmc.SegmentedControl(
                id="level",
                data=[{"value": v, "label": t(f"shell.level_{v}")} for v in ("county", "city")],
                fullWidth=True,
                size="xs",
                **of("level"),
            ),
            dmc.Select(
                id="indicator",
                label=t("shell.indicator"),
                data=indicator_groups(scene, t),
                searchable=True,
                nothingFoundMessage=t("shell.indicator_none"),
                maxDropdownHeight=420,
                **of("indicator"),
                **PLAIN,
            ),
            html.P(id="definition", className="definition", **of("definition")),
            html.Div(
                [
                    html.Div(
                        [t("shell.year"), html.B(id="year-shown", **of("year-shown"))],
                        className="control-label spread",
                        id="year-label",
                    ),
                    dmc.Slider(
                        id="year",
                        step=1,
                        restrictToMarks=True,
                        updatemode="mouseup",
                        size="sm",
                        label=None,
                        **of("year"),
                        **aria(labelledby="year-label"),
                    ),
                ],
                className="year",
            ),
            dmc.Select(
                id="benchmark",
                label=t("shell.benchmark"),
                data=benchmarks,
                **of("benchmark"),
                **PLAIN,
            ),
            dmc.MultiSelect(
                id="regions",
                label=t("shell.regions"),
                placeholder=t("shell.regions_hint"),
                data=region_groups(scene, t),
                searchable=True,
                clearable=True,
                hidePickedOptions=True,
                nothingFoundMessage=t("shell.regions_none"),
                **of("regions"),
                **PLAIN,
            ),
            dmc.Switch(
                id="add-mode",
                label=t("shell.add_mode"),
                description=t("shell.add_mode_hint"),
                size="xs",
                checked=False,
            ),
            _layers(scene, t, of),
            _classification(t, of),
        ],
        className="controls",
    )


PLAIN: dict[str, Any] = {"size": "xs", "comboboxProps": {"shadow": "md"}}
"""What all drop-down lists share."""


def _layers(scene: Scene, t: Text, of: Any) -> Component:  # noqa: ANN401 - a closure of controls
    atlas = scene.atlas
    boxes = [dmc.Checkbox(label=t(f"shell.layer_{x}"), value=x, size="xs") for x in LAYERS]
    filters = {
        name: [
            {"value": id_, "label": atlas.term(vocabulary, id_)[t.lang]}
            for id_ in scene.vocabulary.filters[name]
        ]
        for name, vocabulary in (("clusters", "cluster_industry"), ("parks", "park_kind"))
    }
    return html.Details(
        [
            html.Summary(t("shell.layers")),
            dmc.CheckboxGroup(dmc.Stack(boxes, gap=6), id="layers", **of("layers")),
            *(
                dmc.MultiSelect(
                    id=f"filter-{name}",
                    label=t(f"shell.filter_{name}"),
                    placeholder=t("shell.filter_all"),
                    data=data,
                    clearable=True,
                    **of(f"filter-{name}"),
                    **PLAIN,
                )
                for name, data in filters.items()
            ),
        ],
        open=True,
    )


def _classification(t: Text, of: Any) -> Component:  # noqa: ANN401 - a closure of controls
    methods = [{"value": m, "label": t(f"shell.classes_{m}")} for m in (*METHODS, "own")]
    numbers = [str(n) for n in range(MIN_CLASSES, MAX_CLASSES + 1)]
    return html.Details(
        [
            html.Summary(t("shell.more_classes")),
            dmc.Select(
                id="classes", label=t("shell.classes"), data=methods, **of("classes"), **PLAIN
            ),
            html.Div(t("shell.k"), className="control-label"),
            dmc.SegmentedControl(id="k", data=numbers, fullWidth=True, size="xs", **of("k")),
            dmc.TextInput(
                id="limits",
                label=t("shell.limits"),
                description=t("shell.limits_hint"),
                size="xs",
                debounce=True,
                **of("limits"),
            ),
        ]
    )


def indicator_groups(scene: Scene, t: Text) -> list[dict[str, Any]]:
    """Return the indicators of a map by theme, for a drop-down list."""
    return [
        {
            "group": name[t.lang],
            "items": [
                {"value": i.id, "label": _label(i, t)}
                for i in scene.atlas.indicators.values()
                if i.theme == theme and i.id in scene.vocabulary.years
            ],
        }
        for theme, name in scene.atlas.themes
        if any(
            i.theme == theme and i.id in scene.vocabulary.years
            for i in scene.atlas.indicators.values()
        )
    ]


def _label(indicator: Indicator, t: Text) -> str:
    return indicator.name[t.lang]


def region_groups(scene: Scene, t: Text) -> list[dict[str, Any]]:
    """Return all regions for a drop-down list: provinces, cities, counties by city."""
    atlas = scene.atlas
    lang = t.lang
    cities = atlas.regions("city")

    def items(places: Any) -> list[dict[str, str]]:  # noqa: ANN401 - places
        return [{"value": p.id, "label": p.label[lang]} for p in places]

    hebei = [p for p in atlas.regions("province") if p.id not in {c.id for c in cities}]
    groups = [
        {"group": t("shell.group_city"), "items": items(cities)},
        {"group": t("shell.group_province"), "items": items(hebei)},
    ]
    for city in cities:
        inside = [p for p in atlas.regions("county") if p.prefecture == city.id]
        if inside:
            groups.append({"group": city.name[lang], "items": items(inside)})
    return groups
