"""Records made by hand, small enough to check by eye."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from dashboard.charts.legend import legend
from dashboard.charts.map_keys import explained, layer_keys, outline_keys
from dashboard.charts.record import Canvas, Chart
from dashboard.charts.shown import shown
from dashboard.text import text
from dashboard.wording import Context
from geodata.records import (
    Circle,
    Column,
    Comparison,
    Indicator,
    Industry,
    IndustryRow,
    KeyFigure,
    Lang,
    Member,
    Membership,
    Name,
    Place,
    Profile,
    Scheme,
    Site,
    Source,
    Value,
)
from geodata.studies.plan_records import Evidence, PlanItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.charts.record import Panel
    from dashboard.map.figure import Outline
    from dashboard.map.fill import Fill
    from dashboard.palette import Theme

HOSTILE = "<script>alert(1)</script>"

BEIJING = Place("110000", "province", Name("北京市", "Beijing"), Name("北京市", "Beijing"))
REGION = Place(
    "JJJ",
    "region",
    Name("京津冀", "Beijing–Tianjin–Hebei"),
    Name("京津冀", "Beijing–Tianjin–Hebei"),
)
TONGZHOU = Place(
    "110112", "county", Name("通州区", "Tongzhou"), Name("通州区", "Tongzhou"), parent="110000"
)
QIAOXI = Place(
    "130104",
    "county",
    Name("桥西区", "Qiaoxi"),
    Name("桥西区（石家庄）", "Qiaoxi (Shijiazhuang)"),
    parent="130100",
)
CAOFEIDIAN = Place(
    "130209", "county", Name("曹妃甸区", "Caofeidian"), Name("曹妃甸区", "Caofeidian")
)
CIRCLE_PLACE = Place(
    "article/capital",
    "circle",
    Name("首都都市圈", "Capital circle"),
    Name("首都都市圈", "Capital circle"),
)
PLACES = {p.id: p for p in (BEIJING, REGION, TONGZHOU, QIAOXI, CAOFEIDIAN, CIRCLE_PLACE)}

CIRCLE = Circle(
    "article/capital",
    "article",
    "capital",
    Name("首都都市圈", "Capital circle"),
    (
        Member("110000", "core", ("seed2024",)),
        Member("110112", "wing", ("seed2024",), "named by the article as the two wings"),
        Member("130104", "radiated", ("seed2024",), "only central-northern Hebei"),
    ),
)
SCHEME = Scheme(
    "article",
    Name("两翼三圈（2024年文章）", "Two wings, three circles (2024)"),
    "2024",
    Name("双城引领、两翼齐飞、三圈联动", "Two cities, two wings, three circles"),
    ("seed2024",),
    (CIRCLE,),
)
SOURCES = {
    "seed2024": Source("seed2024", "京津冀布局", "经济学报", "2024", "https://example.gov.cn/a"),
    "census": Source("census", "北京市人口普查年鉴2020", "北京市统计局", "2022", None),
}
POPULATION = Indicator(
    "population",
    Name("常住人口", "Resident population"),
    "people",
    "人",
    "amount",
    0,
    Name("普查时点常住人口", "Residents at the census"),
    {"county": ("2020",)},
    summable=True,
)
OLD = Indicator(
    "share_65",
    Name("65岁及以上占比", "Aged 65 and over"),
    "people",
    "%",
    "share",
    2,
    Name("", ""),
    {"county": ("2020",)},
)
TERMS = {
    ("unit", "人"): Name("人", "persons"),
    ("unit", "亿元"): Name("亿元", "100 million yuan"),
    ("unit", "十亿元"): Name("十亿元", "billion yuan"),
    ("unit", "%"): Name("%", "%"),
    ("unit", "PFLOPS"): Name("PFLOPS", "PFLOPS"),
    ("role", "core"): Name("核心", "Core"),
    ("role", "wing"): Name("两翼", "Wing"),
    ("role", "member"): Name("成员", "Member"),
    ("role", "radiated"): Name("辐射地区", "Area under its influence"),
    ("role", "partial"): Name("部分纳入", "Part of the unit"),
    ("role", "excluded"): Name("明确不含", "Excluded"),
    ("status", "secondary"): Name("间接来源", "Secondary source"),
    ("status", "computed"): Name("据所列数据计算", "Computed"),
    ("benchmark", "JJJ"): Name("京津冀", "Beijing–Tianjin–Hebei"),
    ("industry", "A"): Name("农、林、牧、渔业", "Agriculture, forestry"),
    ("industry", "B"): Name("采矿业", "Mining"),
    ("industry", "C"): Name("制造业", "Manufacturing"),
    ("industry", "I"): Name("信息传输、软件和信息技术服务业", "Information and software"),
    ("industry_short", "A"): Name("农林牧渔", "Agriculture"),
    ("industry_short", "B"): Name("采矿", "Mining"),
    ("industry_short", "C"): Name("制造", "Manufacturing"),
    ("industry_short", "I"): Name("信息软件", "Information and software"),
    ("cluster_kind", "county_cluster"): Name("县域特色产业集群", "County cluster"),
    ("park_kind", "computing"): Name("算力设施", "Computing site"),
    ("cluster_level", "provincial"): Name("省级", "Provincial"),
    ("cluster_industry", "electronics"): Name("电子信息", "Electronics"),
    ("plan_aspect", "industry"): Name("重点产业", "Named industry"),
    ("site_metric", "compute"): Name("算力", "Compute"),
    ("site_metric", "revenue"): Name("营业收入", "Revenue"),
}
NOTES = {"named by the article as the two wings": "文章所称两翼"}


def context(lang: Lang = "zh") -> Context:
    """Return a context over the records of this file."""
    return Context(
        text(lang),
        lambda place: f"?regions={place}",
        SOURCES.__getitem__,
        lambda vocabulary, key: TERMS[(vocabulary, key)],
        PLACES.__getitem__,
        {"article": SCHEME}.__getitem__,
        lambda fragment: NOTES.get(fragment, fragment) if lang == "zh" else fragment,
    )


def legend_of(
    fill: Fill | None,
    outlines: Sequence[Outline] = (),
    layers: Mapping[str, int] | None = None,
    lang: Lang = "zh",
    theme: Theme = "light",
) -> Component:
    """Return the legend of a map made by hand, as a page shows it."""
    here = context(lang)
    about = explained(fill, here)
    key = (*about.keys, *outline_keys(outlines, here), *layer_keys(layers or {}, here))
    chart = Chart(
        "map",
        about.name,
        REGION.name,
        lambda _: {},
        tuple,
        lead=about.unit,
        notes=about.notes,
        key=key,
        is_map=True,
    )
    return legend(chart, here.t, theme)


def ids(component: Component) -> set[str]:
    """Return the ids in a component."""
    found = component._traverse()  # type: ignore[no-untyped-call] # noqa: SLF001 - no public way
    return {getattr(one, "id", "") for one in found}


def on_page(
    asked: Panel, chart: Chart, lang: Lang = "zh", canvas: Canvas | None = None
) -> Component:
    """Return a panel as a page shows it, with a chart made by hand."""
    published: Any = SimpleNamespace(own=())
    scene: Any = SimpleNamespace(context=lambda _: context(lang), atlas=published)
    view: Any = None
    made = replace(asked, charts=lambda *_: [chart])
    return shown(made, scene, view, canvas or Canvas(500))


def profile(place: Place = TONGZHOU, population: float | None = 1_840_295) -> Profile:
    """Return the profile of a place with one amount and one share."""
    people = Value(population, "人", "2020", "official", ("census",))
    whole = Value(110_363_482, "人", "2020", "official", ("census",))
    old = Value(11.34, "%", "2020", "computed", ("census",), ("districts as drawn in 2020",))
    older = Value(13.95, "%", "2020", "computed", ("census",))
    share = None if population is None else population / 110_363_482
    return Profile(
        place,
        (REGION, BEIJING),
        (Name("两翼", "Wing"),),
        (Membership(CIRCLE, "wing", TONGZHOU, "named by the article as the two wings"),),
        (),
        0,
        (
            KeyFigure(POPULATION, people, 3, 199, (Comparison(REGION, POPULATION, whole, share),)),
            KeyFigure(OLD, old, 101, 199, (Comparison(REGION, OLD, older),), (QIAOXI,)),
        ),
    )


def circle_profile(missing: int | None = 11) -> Profile:
    """Return the profile of a circle with a full and a radiated member."""
    return Profile(
        CIRCLE_PLACE,
        (REGION,),
        (),
        (),
        ((BEIJING, "core", ""), (TONGZHOU, "wing", ""), (QIAOXI, "radiated", "only the north")),
        missing,
        (),
    )


def industry(place: Place = TONGZHOU, *, comparable: bool = True) -> Industry:
    """Return four industries: ordinary, absent, doubled, and far beyond the axis on few workers."""
    names = {key[1]: name for key, name in TERMS.items() if key[0] == "industry_short"}
    before = 1.5 if comparable else None
    return Industry(
        place,
        "2020",
        "JJJ",
        Value(4000, "人", "2020", "official", ("census",)),
        (
            IndustryRow("A", "emp_a", names["A"], 500, 0.125, 0.25, 0.5, stable=True),
            IndustryRow("B", "emp_b", names["B"], 0, 0.0, 0.02, 0.0, stable=False),
            IndustryRow(
                "C",
                "emp_c",
                names["C"],
                2000,
                0.5,
                0.25,
                2.0,
                stable=True,
                share_before=0.4,
                lq_before=before,
            ),
            IndustryRow("I", "emp_i", names["I"], 20, 0.005, 0.0005, 10.0, stable=False),
        ),
        comparable,
        () if comparable else ("boundaries changed",),
        (QIAOXI,),
    )


def column(values: tuple[float | None, ...] = (5.0, 7.25, None)) -> Column:
    """Return a column over Tongzhou, Qiaoxi and Caofeidian."""
    return Column(
        "population",
        "2020",
        "county",
        "人",
        ("110112", "130104", "130209"),
        tuple(Value(v, "人", "2020", "official", ("census",)) for v in values),
        (2, 1, None),
    )


def cluster(name: str = "鹿泉新一代电子信息产业", scale: float | None = 621.03) -> Site:
    """Return a cluster with or without a size."""
    return Site(
        "cty_luquan",
        Name(name, name),
        "cluster",
        "county_cluster",
        "provincial",
        "electronics",
        ("130104",),
        114.3,
        38.1,
        "2023",
        None if scale is None else Value(scale, "亿元", "2023", "secondary", ("seed2024",)),
        "revenue",
        ("seed2024",),
        ("revenue Jan-Sep 2023",),
    )


def park() -> Site:
    """Return a computing site."""
    return Site(
        "ai",
        Name("智算中心", "AI computing centre"),
        "park",
        "computing",
        "",
        "",
        ("110112",),
        116.7,
        39.9,
        "2023-02",
        Value(500, "PFLOPS", "2023", "official", ("seed2024",)),
        "compute",
        ("seed2024",),
    )


def plan_items() -> tuple[PlanItem, ...]:
    """Return one item for each sort of evidence."""
    flow = Name("北京输津冀技术合同", "Contracts to Tianjin and Hebei")
    flows = (
        (flow, Value(400.0, "亿元", "2022", "official", ("seed2024",))),
        (flow, Value(None, "亿元", "2023")),
        (flow, Value(843.7, "亿元", "2024", "secondary", ("seed2024",))),
    )
    people = ((POPULATION.name, Value(1_840_295, "人", "2020", "official", ("census",))),)
    evidence = {
        "equipment": Evidence("industry", Name("制造业", "Manufacturing"), industry().rows[2]),
        "electronics": Evidence("sites", Name("电子", "Electronics"), sites=(cluster(),), total=9),
        "housing": Evidence("value", Name("人口", "Population"), values=people),
        "contracts": Evidence("flow", flow, values=flows),
        "primacy": Evidence("none", Name("首位度", "Primacy")),
    }
    return tuple(
        PlanItem(TONGZHOU, "industry", key, Name(key, key), (one,), ("seed2024",))
        for key, one in evidence.items()
    )


def strings(component: Component | list[object] | str | float | None) -> Iterator[str]:
    """Yield every text child under a component, in reading order."""
    if component is None:
        return
    if isinstance(component, (str, int, float)):
        yield str(component)
    elif isinstance(component, list):
        is_static = len(component) == 3 and isinstance(component[1], dict)  # dashboard.static
        for child in component[2:] if is_static else component:
            yield from strings(child)  # type: ignore[arg-type]
    else:
        yield from strings(getattr(component, "tree", getattr(component, "children", None)))


def said(component: Component) -> str:
    """Return all words of a component as one text."""
    return "".join(strings(component))
