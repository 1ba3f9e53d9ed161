"""What stands on the page /own: where a table is dropped, and what there is already."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

from dashboard.pages.missing import NAMES
from dashboard.text import text, tongue
from dashboard.web.limits import MAX_UPLOAD
from dashboard.web.local import OWN_PAGE, UPLOAD
from dashboard.web.root import HEAD, root
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
OTHER: Final[Mapping[Lang, Lang]] = {"zh": "en", "en": "zh"}
SAID: Final = ("sending", "checking", "keeping", "failed", "expired", "sure")
PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{head}
<title>{title} · {atlas}</title>
<link rel="stylesheet" href="{root}/assets/app.css">
<link rel="stylesheet" href="{root}/assets/own.css">
<script src="{root}/assets/own.js" defer></script>
</head>
<body>
<div class="page page-own">
<header class="top">
<div class="brand"><h1><a href="{root}/{query}">{atlas}</a></h1></div>
<nav class="pages" aria-label="{pages}">{links}</nav>
<div class="tools"><a href="{other}" lang="{other_language}">{other_name}</a></div>
</header>
<main class="own" id="own" data-own="{told}">
<h2>{title}</h2>
<p>{lead}</p>
<p class="own-private">{private}</p>
<label class="own-drop" id="own-drop"><span>{drop}</span>
<input type="file" id="own-file" accept=".csv,.txt,.tsv,.xlsx,.xls,.ods,.parquet"></label>
<p class="own-kinds">{kinds} <code>{line}</code></p>
<noscript><p>{no_script} <code>{line}</code></p></noscript>
<p id="own-said" class="own-said" role="status"></p>
<section id="own-preview" aria-live="polite"></section>
<section class="own-kept"><h3>{kept}</h3>{sets}</section>
</main>
</div>
</body>
</html>
"""


def page(scene: Scene, local: Local, names: Iterable[tuple[str, str]], lang: Lang) -> str:
    """Return the page in HTML; `names` are path and name of the other pages."""
    t, other = text(lang), OTHER[lang]
    query = "?lang=en" if lang == "en" else ""
    told = {
        "token": local.token,
        "upload": root() + UPLOAD,
        "at": root() + OWN_PAGE,
        "lang": lang,
        "most": MAX_UPLOAD,
        "heavy": t("own.heavy", most=MAX_UPLOAD // 2**20),
        **{name: t(f"own.{name}", name="{name}") for name in SAID},
    }
    words = {
        "language": tongue(lang),
        "title": t("own.title"),
        "atlas": t("shell.title"),
        "pages": t("shell.pages"),
        "other": "?lang=en" if other == "en" else "?",
        "other_language": tongue(other),
        "other_name": NAMES[other],
        "told": json.dumps(told, ensure_ascii=False),
        "lead": t("own.lead"),
        "private": t("own.private"),
        "drop": t("own.drop"),
        "kinds": t("own.kinds", most=MAX_UPLOAD // 2**20),
        "line": LINE.format(file="table.csv", name="my-table"),
        "no_script": t("own.no_script"),
        "kept": t("own.kept"),
        "root": root(),
        "query": query,
    }
    return PAGE.format(
        head=HEAD.format(root=root()),
        links=_links([*names, (OWN_PAGE, "own")], t, query),
        sets=_sets(scene, local, t),
        **{name: escape(word) for name, word in words.items()},
    )


def _links(pages: Iterable[tuple[str, str]], t: Text, query: str) -> str:
    return "".join(
        f'<div class="page-link"{" aria-current=page" if name == "own" else ""}>'
        f'<a href="{escape(root() + path + query)}">{escape(t(f"shell.page_{name}"))}</a></div>'
        for path, name in pages
    )


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
    if told["refused"] or told["cells_refused"]:
        href = f"{root()}{OWN_PAGE}/refused/{name}.csv"
        yield f'<a href="{escape(href)}" download>{escape(t("own.refused_file"))}</a>'
