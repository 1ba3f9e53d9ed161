"""Shows every page of every scheme once, so that a fault meets whoever checks and no reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.pages.callbacks import PAGES
from dashboard.pages.screen import Screen
from dashboard.pages.settings import settings
from dashboard.scene import Scene, vocabulary
from dashboard.text import text
from dashboard.view import View, parse
from geodata.catalog.rows import read_rows
from geodata.places.schemes import SCHEMES_FILE
from geodata.records import LANGUAGES, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.pages.page import Page
    from geodata.atlas import Atlas
    from geodata.build.cache import Manifest
    from geodata.errors import Fault
    from geodata.records import Lang, Scheme


def scheme_faults(atlas: Atlas, manifest: Manifest) -> Iterator[Fault]:
    """Yield a fault for each page that cannot be shown for a scheme, at the row of the scheme."""
    scene = Scene(atlas, manifest.products.__getitem__, vocabulary(atlas))
    listed = read_rows(SCHEMES_FILE.parent, SCHEMES_FILE.stem)
    rows = {row["scheme"]: row for row in listed if not row["circle"]}
    for scheme in atlas.schemes:
        for page in PAGES.values():
            if why := _refusal(scene, scheme, page):
                what = Name(*(_words(scheme, page, why, lang) for lang in LANGUAGES))
                yield rows[scheme.id].fault(what)


def _words(scheme: Scheme, page: Page, why: str, lang: Lang) -> str:
    t = text(lang)
    return t("web.cannot_show", scheme=scheme.id, page=t(f"shell.page_{page.name}"), why=why)


def _refusal(scene: Scene, scheme: Scheme, page: Page) -> str:
    """Return what goes wrong on a page, as it comes and with every circle chosen; or ""."""
    circles = scene.atlas.circles(scheme.id)
    every = f"circle={','.join(c.id for c in circles)}&among=circle&system=c{len(circles)}"
    for search in (f"?scheme={scheme.id}", f"?scheme={scheme.id}&lang=en&{every}"):
        view, fallen = parse(search, scene.vocabulary)
        try:
            _show(scene, view, page)
        except Exception as error:  # noqa: BLE001 - whatever it is, a reader would meet it
            return f"{type(error).__name__}: {error}"
        if fallen:
            return ", ".join(fallen)
    return ""


def _show(scene: Scene, view: View, page: Page) -> None:
    settings(scene, view)
    page.body(scene, view, Screen())
