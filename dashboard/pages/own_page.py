"""What stands on the page /own: where a table is dropped, and what there is already."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.pages.plain import Plain, written
from dashboard.text import text
from dashboard.web.limits import MAX_UPLOAD
from dashboard.web.local import OWN_PAGE, UPLOAD
from dashboard.web.root import root
from geodata.errors import AtlasError
from geodata.ids import OWN_ID
from geodata.own import store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dashboard.scene import Scene
    from dashboard.text import Text
    from dashboard.web.local import Local
    from geodata.records import Lang

LINE: Final = "python run.py import {file} --as {name}"
SAID: Final = ("sending", "checking", "keeping", "failed", "expired", "sure")
MORE: Final = """<link rel="stylesheet" href="{root}/assets/own.css">
<script src="{root}/assets/own.js" defer></script>
"""
MAIN: Final = """<main class="own" id="own" data-own="{told}">
<h2>{title}</h2>
<p>{lead}</p>
<p class="own-private">{private}</p>
<label class="own-drop" id="own-drop"><span>{drop}</span>
<span class="own-pick">{pick}</span>
<input type="file" id="own-file" class="unseen"
 accept=".csv,.txt,.tsv,.xlsx,.xls,.ods,.parquet"></label>
<p class="own-kinds">{kinds} <code>{line}</code></p>
<noscript><p>{no_script} <code>{line}</code></p></noscript>
<p id="own-said" class="own-said" role="status"></p>
<section id="own-preview" aria-live="polite"></section>
<section class="own-kept"><h3>{kept}</h3>{sets}</section>
</main>"""


def page(scene: Scene, local: Local, names: Iterable[tuple[str, str]], lang: Lang) -> str:
    """Return the page in HTML; `names` are path and name of the other pages."""
    t = text(lang)
    told = {
        "token": local.token,
        "upload": root() + UPLOAD,
        "at": root() + OWN_PAGE,
        "lang": lang,
        "most": MAX_UPLOAD,
        "heavy": t("own.heavy", most=MAX_UPLOAD // 2**20),
        "again": t("shell.asking_again"),
        **{name: t(f"own.{name}", name="{name}") for name in SAID},
    }
    words = {
        "title": t("own.title"),
        "told": json.dumps(told, ensure_ascii=False),
        "lead": t("own.lead"),
        "private": t("own.private"),
        "drop": t("own.drop"),
        "pick": t("own.pick"),
        "kinds": t("own.kinds", most=MAX_UPLOAD // 2**20),
        "line": LINE.format(file="table.csv", name="my-table"),
        "no_script": t("own.no_script"),
        "kept": t("own.kept"),
    }
    main = MAIN.format(
        sets=_sets(scene, local, t), **{name: escape(word) for name, word in words.items()}
    )
    made = Plain("own", t("own.title"), main, t("own.lead"), MORE.format(root=escape(root())))
    return written(made, lang, [*names, (OWN_PAGE, "own")], root())


def _sets(scene: Scene, local: Local, t: Text) -> str:
    rows = "".join(_set(name, scene, local, t) for name in store.names())
    if not rows:
        return f"<p>{escape(t('own.none'))}</p>"
    heads = ("name", "what", "rows", "when")
    head = "".join(f"<th>{escape(t(f'own.{one}'))}</th>" for one in heads)
    return f'<table class="own-sets"><thead><tr>{head}<th></th></tr></thead>{rows}</table>'


def _set(name: str, scene: Scene, local: Local, t: Text) -> str:
    """Return the row of a set; one that cannot be used says why."""
    remove = (
        f'<button type="button" data-remove="{escape(name)}">{escape(t("own.remove"))}</button>'
    )
    try:
        if name in local.faults:
            raise local.faults[name]
        told = store.load(name).manifest
    except AtlasError as error:
        zh, _, en = str(error).partition("\n")
        why = escape(en if t.lang == "en" else zh)
        return f"<tr><th>{escape(name)}</th><td colspan=3>{why}</td><td>{remove}</td></tr>"
    cells = (
        "、".join(_measured(told, t)) if t.lang == "zh" else ", ".join(_measured(told, t)),
        f"{told['placed']:,} / {told['rows']:,}",
        told["when"],
    )
    ways = " ".join([*_ways(name, told, scene, t), remove])
    inside = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
    return f"<tr><th>{escape(name)}</th>{inside}<td>{ways}</td></tr>"


def _measured(told: Mapping[str, Any], t: Text) -> Iterator[str]:
    for one in told["measures"]:
        yield one[t.lang] + (f"（{one['unit']}）" if one["unit"] and t.lang == "zh" else "")


def _ways(name: str, told: Mapping[str, Any], scene: Scene, t: Text) -> Iterator[str]:
    shown = next((one for one in scene.atlas.own if one.startswith(f"{OWN_ID}{name}.")), None)
    more = "&lang=en" if t.lang == "en" else ""
    if shown:
        href = f"{root()}/?indicator={shown}{more}"
        yield f'<a href="{escape(href)}">{escape(t("own.see"))}</a>'
    else:
        yield f"<span>{escape(t('own.undated'))}</span>"
    if any(one.name == name for one in scene.atlas.own_firms):
        href = f"{root()}/firms?firms={name}{more}"
        yield f'<a href="{escape(href)}">{escape(t("own.see_firms"))}</a>'
    if told["refused"] or told["cells_refused"]:
        href = f"{root()}{OWN_PAGE}/refused/{name}.csv"
        yield f'<a href="{escape(href)}" download>{escape(t("own.refused_file"))}</a>'
