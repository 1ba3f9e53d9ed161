"""The bundle: pictures, data, sources and a README in one zip."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from dashboard.print import tables
from dashboard.text import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.print.exhibit import Exhibit

LEAST_DATE = (2020, 1, 1, 0, 0, 0)
"""Of every file, so that the same view gives the same bytes but for the pictures."""


def zipped(pictures: Mapping[str, bytes], exhibits: list[Exhibit], link: str, date: str) -> bytes:
    """Return the zip; `pictures` may be empty where there is no Chrome.

    Parameters
    ----------
    pictures
        Picture by suffix.
    exhibits
        The figure in each language, the leading one first.
    link
        The address of the view.
    date
        Of today, as in ISO 8601.
    """
    main = exhibits[0]
    files = {
        **{f"{main.stem}.{suffix}": content for suffix, content in pictures.items()},
        f"{main.stem}.csv": tables.csv_of(main),
        f"{main.stem}.xlsx": tables.xlsx_of(main, link, date),
        "sources.csv": tables.sources_csv(main.cited),
        "README.txt": "\n".join(readme(e, link) for e in exhibits).encode(),
    }
    return archived(files)


def archived(files: Mapping[str, bytes]) -> bytes:
    """Return files by name as a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, LEAST_DATE), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def readme(exhibit: Exhibit, link: str) -> str:
    """Say in one language what the files are, of what, by which definition, from where."""
    t = text(exhibit.lang)
    lines = [
        exhibit.title,
        exhibit.subtitle,
        "",
        t("export.readme_alt", words=exhibit.alt),
        *([t("export.readme_method", words=exhibit.method)] if exhibit.method else []),
        *exhibit.notes,
        "",
        t("export.readme_link", link=link),
        t("export.readme_files", stem=exhibit.stem),
        "",
        *exhibit.credits,
    ]
    return "\n".join(lines) + "\n"
