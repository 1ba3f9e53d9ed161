"""The controls that pages choose from, each as the view sets it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.attributes import aria
from dashboard.lettering import width_of
from dashboard.pages.settings import settings
from dashboard.text import text
from dashboard.view import CHOICES, LAYERS, MAX_CLASSES, METHODS, MIN_CLASSES, MOST_OVER, View
from dashboard.web.local import OWN_PAGE
from dashboard.web.root import rooted
from geodata.records import MAP_LEVELS, REGION_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.scene import Scene
    from dashboard.text import Text
    from geodata.atlas import Atlas
    from geodata.records import Lang, Place

PLAIN: dict[str, Any] = {"size": "xs", "comboboxProps": {"shadow": "md"}}
"""What all drop-down lists share."""
SWITCH, SWITCH_TYPE, SWITCH_ROOM = 205, 12, 14
"""Pixels of a switch in the narrowest column of controls, of its type, and beside each word."""


class Controls:
    """Makes the controls of one view; each method returns one of them."""

    def __init__(self, scene: Scene, view: View) -> None:
        """Read what the controls have to show."""
        self.t = text(view.lang)
        self._scene = scene
        self._settings, self._home = settings(scene, view), view.query_home()

    def of(self, name: str) -> dict[str, Any]:
        """Return id and settings of a control, to be passed on to its component."""
        return {"id": name, **self._settings[name]}

    def named(self, name: str) -> str:
        """Return the name of a parameter as a heading; within a sentence it begins small."""
        return heading(self.t(f"shell.p_{name}"))

    def choice(self, name: str, labels: Mapping[str, str]) -> Component:
        """Return a switch between the values of a choice of the view, in the order of `labels`.

        Where its words do not stand beside one another they stand below one another.
        """
        across = sum(width_of(word, SWITCH_TYPE) + SWITCH_ROOM for word in labels.values())
        return html.Div(
            [
                html.Div(self.named(name), className="control-label", id=f"{name}-label"),
                dmc.SegmentedControl(
                    data=[{"value": value, "label": word} for value, word in labels.items()],
                    fullWidth=True,
                    orientation="vertical" if across > SWITCH else "horizontal",
                    size="xs",
                    **self.of(name),
                    **aria(labelledby=f"{name}-label"),
                ),
            ]
        )

    def scheme(self) -> list[Component]:
        """Return the list of schemes of circles, and who published the chosen one and its rule."""
        schemes = self._scene.atlas.schemes
        data = [{"value": s.id, "label": s.name[self.t.lang]} for s in schemes]
        return [
            dmc.Select(label=self.t("shell.scheme"), data=data, **self.of("scheme"), **PLAIN),
            html.Details(className="definition", **self.of("rule")),
        ]

    def over(self) -> Component:
        """Return the list of schemes to lay over the chosen one."""
        made: Component = dmc.MultiSelect(
            label=self.named("over"),
            maxValues=MOST_OVER,
            clearable=True,
            hidePickedOptions=True,
            **self.of("over"),
            **PLAIN,
        )
        return made

    def circles(self) -> Component:
        """Return the circles of the scheme, to choose several."""
        return html.Div(
            [
                html.Div(self.t("shell.circle"), className="control-label", id="circle-label"),
                html.Div(
                    # A group of chips is no element of the page; the id is its frame's.
                    dmc.ChipGroup(multiple=True, **self.of("circles")),
                    id="circle",
                    className="chips",
                ),
            ],
            role="group",
            **aria(labelledby="circle-label"),
        )

    def level(self) -> Component:
        """Return the switch between counties and cities."""
        data = [{"value": v, "label": self.t(f"shell.level_{v}")} for v in MAP_LEVELS]
        made: Component = dmc.SegmentedControl(
            data=data, fullWidth=True, size="xs", **self.of("level")
        )
        return made

    def indicator(self) -> list[Component]:
        """Return the list of indicators and the definition of the chosen one.

        Whoever sits at this machine is led to where he can bring his own.
        """
        own = rooted(OWN_PAGE) + self._home
        return [
            dmc.Select(
                label=self.t("shell.indicator"),
                data=indicator_groups(self._scene, self.t),
                searchable=True,
                nothingFoundMessage=self.t("shell.indicator_none"),
                maxDropdownHeight=420,
                **self.of("indicator"),
                **PLAIN,
            ),
            html.Details(className="definition", **self.of("definition")),
            *([html.A(self.t("shell.bring"), href=own, id="bring")] if self._scene.local else []),
        ]

    def across(self) -> Component:
        """Return the list of what lies across in the scatter of two indicators."""
        made: Component = dmc.Select(
            label=self.named("across"),
            data=indicator_groups(self._scene, self.t),
            searchable=True,
            nothingFoundMessage=self.t("shell.indicator_none"),
            maxDropdownHeight=420,
            **self.of("across"),
            **PLAIN,
        )
        return made

    def year(self, *beside: Component, below: Sequence[Component] = ()) -> Component:
        """Return the slider of years, with what stands beside the year shown and `below` it."""
        shown = html.Span([html.B(**self.of("year-shown")), *beside], className="year-shown")
        label: list[Any] = [self.t("shell.year"), shown]
        return html.Div(
            [
                html.Div(label, className="control-label spread", id="year-label"),
                dmc.Slider(
                    step=1,
                    restrictToMarks=True,
                    updatemode="drag",
                    size="sm",
                    label=None,
                    thumbLabel=self.t("shell.year"),
                    **self.of("year"),
                ),
                dcc.Store(id="years-asked"),
                dcc.Store(id="years"),
                *below,
            ],
            className="year",
        )

    def draw(self) -> Component:
        """Return the switch between circles and areas, which is there for totals only."""
        labels = {one: self.t(f"shell.draw_{one}") for one in CHOICES["draw"]}
        return html.Div(self.choice("draw", labels), **self.of("drawing"))

    def benchmark(self) -> Component:
        """Return the list of benchmarks of location quotients."""
        term, lang = self._scene.atlas.term, self.t.lang
        data = [{"value": b, "label": term("benchmark", b)[lang]} for b in CHOICES["benchmark"]]
        made: Component = dmc.Select(
            label=self.t("shell.benchmark"), data=data, **self.of("benchmark"), **PLAIN
        )
        return made

    def census(self) -> Component:
        """Return the switch between the censuses."""
        made: Component = dmc.SegmentedControl(
            data=[{"value": y, "label": y} for y in sorted(CHOICES["census"], reverse=True)],
            size="xs",
            **self.of("census"),
            **aria(label=self.t("shell.census")),
        )
        return made

    def regions(self, *, mapped: bool = True) -> Component:
        """Return the list of regions to select; a page with a map says that it can be clicked."""
        made: Component = dmc.MultiSelect(
            label=self.t("shell.regions"),
            placeholder=self.t("shell.regions_hint" if mapped else "shell.regions_find"),
            data=region_groups(self._scene.atlas, self.t.lang),
            searchable=True,
            clearable=True,
            hidePickedOptions=True,
            nothingFoundMessage=self.t("shell.regions_none"),
            **self.of("regions"),
            **PLAIN,
        )
        return made

    def add_mode(self) -> Component:
        """Return the switch that lets clicks add to the selection."""
        made: Component = dmc.Switch(
            id="add-mode",
            label=self.t("shell.add_mode"),
            description=self.t("shell.add_mode_hint"),
            size="xs",
            checked=False,
        )
        return made

    def layers(self) -> Component:
        """Return the switches of the layers and what narrows them."""
        atlas, lang = self._scene.atlas, self.t.lang
        boxes = [dmc.Checkbox(label=self.t(f"shell.layer_{x}"), value=x, size="xs") for x in LAYERS]
        filters = {
            name: [
                {"value": id_, "label": atlas.term(vocabulary, id_)[lang]}
                for id_ in self._scene.vocabulary.filters[name]
            ]
            for name, vocabulary in (("clusters", "cluster_industry"), ("parks", "park_kind"))
        }
        return html.Details(
            [
                html.Summary(self.t("shell.layers")),
                dmc.CheckboxGroup(dmc.Stack(boxes, gap=10), **self.of("layers")),
                *(
                    dmc.MultiSelect(
                        label=self.t(f"shell.filter_{name}"),
                        placeholder=self.t("shell.filter_all"),
                        data=data,
                        clearable=True,
                        **self.of(f"filter-{name}"),
                        **PLAIN,
                    )
                    for name, data in filters.items()
                ),
            ],
            open=True,
        )

    def classification(self) -> Component:
        """Return the method, the number and the reader's own limits of classes, folded."""
        t = self.t
        methods = [{"value": m, "label": t(f"shell.classes_{m}")} for m in (*METHODS, "own")]
        numbers = [str(n) for n in range(MIN_CLASSES, MAX_CLASSES + 1)]
        return html.Details(
            [
                html.Summary(t("shell.more_classes")),
                dmc.Select(label=t("shell.classes"), data=methods, **self.of("classes"), **PLAIN),
                html.Div(t("shell.k"), className="control-label"),
                dmc.SegmentedControl(data=numbers, fullWidth=True, size="xs", **self.of("k")),
                dmc.TextInput(
                    label=t("shell.limits"),
                    description=t("shell.limits_hint"),
                    size="xs",
                    debounce=True,
                    **self.of("limits"),
                ),
            ],
            **self.of("classification"),
        )


def heading(word: str) -> str:
    """Return a word that begins small within a sentence as it stands alone."""
    return word[:1].upper() + word[1:]


def indicator_groups(scene: Scene, t: Text) -> list[dict[str, Any]]:
    """Return the indicators of a map by theme, for a drop-down list."""
    shown = [i for i in scene.atlas.indicators.values() if i.id in scene.vocabulary.years]
    groups = [
        (name[t.lang], [i for i in shown if i.theme == theme]) for theme, name in scene.atlas.themes
    ]
    return [
        {"group": name, "items": [{"value": i.id, "label": i.name[t.lang]} for i in found]}
        for name, found in groups
        if found
    ]


@lru_cache(maxsize=4)
def place_groups(atlas: Atlas, lang: Lang) -> list[dict[str, Any]]:
    """Return all places for a drop-down list: the whole, the circles by scheme, the regions."""
    whole = atlas.place(REGION_ID)
    circles = [
        {
            "group": scheme.name[lang],
            "items": [{"value": c.key, "label": c.name[lang]} for c in scheme.circles],
        }
        for scheme in atlas.schemes
    ]
    return [{"value": whole.id, "label": whole.name[lang]}, *region_groups(atlas, lang), *circles]


def region_groups(atlas: Atlas, lang: Lang) -> list[dict[str, Any]]:
    """Return all regions for a drop-down list: provinces, cities, counties by city."""
    t, cities = text(lang), atlas.regions("city")

    def items(places: list[Place]) -> list[dict[str, str]]:
        return [{"value": p.id, "label": p.label[lang]} for p in places]

    hebei = [p for p in atlas.regions("province") if p.id not in {c.id for c in cities}]
    groups = [
        {"group": t("shell.group_city"), "items": items(list(cities))},
        {"group": t("shell.group_province"), "items": items(hebei)},
    ]
    for city in cities:
        inside = [p for p in atlas.regions("county") if p.prefecture == city.id]
        if inside:
            groups.append({"group": city.name[lang], "items": items(inside)})
    return groups
