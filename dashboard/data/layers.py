"""Map layers: the build's outlines joined with figures, as text, without any geometry library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dashboard.data.formats import dump
from geodata.figures import flat, plain, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geodata.atlas import Atlas
    from geodata.figures import DataRow, Wanted
    from geodata.outlines import Outlines
    from geodata.records import Circle, Scheme, Site

NOWHERE: Final = "null"


def layer(rows: Sequence[DataRow], wanted: Wanted, outlines: Outlines) -> bytes:
    """Write rows of one level and year as GeoJSON, a feature each.

    The three places together have no outline of their own; their geometry is null.
    """
    features = []
    for row in rows:
        shapes = outlines.texts(row.level, wanted.scheme)
        cells = flat(row, wanted) | {"value": plain(row.value.value)}
        features.append(_feature(row.place.id, cells, shapes.get(row.place.id, NOWHERE)))
    return _collection(features)


def layout(schemes: Sequence[Scheme], atlas: Atlas, outlines: Outlines) -> bytes:
    """Write the circles of schemes as outlines, and cities, wings, nodes, ports as points.

    A circle has a feature for its full members and, where it has others, one for each outline
    with another meaning (`part`).
    """
    features = []
    for scheme in schemes:
        circles = {circle.key: circle for circle in scheme.circles}
        for id_, shape in outlines.texts("circle", scheme.id).items():
            key, _, part = id_.partition("#")
            about = _about(circles[key], scheme, atlas) | {"part": part or "full"}
            features.append(_feature(id_, about, shape))
    features += [*_points(atlas.anchors())]
    return _collection(features)


def _about(circle: Circle, scheme: Scheme, atlas: Atlas) -> dict[str, Any]:
    sources = dict.fromkeys(s for m in circle.members for s in m.source_ids)
    return {
        "what": "circle",
        "scheme": scheme.id,
        "scheme_name": spoken(scheme.name),
        "name_zh": circle.name.zh,
        "name_en": circle.name.en,
        "year": scheme.year,
        "members": [
            {"region_code": m.place, "name_zh": atlas.place(m.place).label.zh, "role": m.role}
            for m in circle.members
        ],
        "members_not_named_by_any_source": circle.missing,
        "note": spoken(circle.note),
        "source_ids": list(sources) or list(scheme.source_ids),
    }


def _points(anchors: Sequence[Site]) -> Iterator[str]:
    for site in anchors:
        if site.lon is None or site.lat is None:
            continue
        about = {
            "what": site.kind,
            "name_zh": site.name.zh,
            "name_en": site.name.en,
            "year": site.year,
            "region_codes": list(site.regions),
            "source_ids": list(site.source_ids),
        }
        shape = dump({"type": "Point", "coordinates": [site.lon, site.lat]}).decode()
        yield _feature(site.id, about, shape)


def _feature(id_: str, properties: dict[str, Any], shape: str) -> str:
    about, name = dump(properties).decode(), dump(id_).decode()
    return f'{{"type":"Feature","id":{name},"properties":{about},"geometry":{shape}}}'


def _collection(features: Sequence[str]) -> bytes:
    return ('{"type":"FeatureCollection","features":[' + ",\n".join(features) + "]}").encode()
