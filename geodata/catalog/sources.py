"""Publications as a reader of each language is told of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.facts.files import CHINESE, split_notes

if TYPE_CHECKING:
    from geodata.catalog.notes import Notes
    from geodata.facts.sources import Rendering
    from geodata.records import Lang, Source


def in_language(source: Source, lang: Lang, rendering: Rendering | None, notes: Notes) -> Source:
    """Return a source in the words of a language.

    `rendered` says that the title is a translation: it does not begin as a Chinese title that is
    on record does.

    Parameters
    ----------
    source
        The source as recorded.
    lang
        The language.
    rendering
        Its Chinese; None where the record is in Chinese.
    notes
        Chinese and English of the notes.
    """
    fragments = split_notes(source.note)
    if lang == "en":
        return replace(source, note="; ".join(map(notes.en, fragments)))
    note = "；".join(notes.zh(fragment) or fragment for fragment in fragments)
    if rendering is None:
        return replace(source, note=note)
    return replace(
        source,
        title=rendering.title or source.title,
        publisher=rendering.publisher or source.publisher,
        date=rendering.date or source.date,
        note=note,
        rendered=_begins_elsewhere(rendering.title, source.title),
    )


def _begins_elsewhere(title: str, recorded: str) -> bool:
    first = CHINESE.search(title)
    return first is not None and first[0] not in recorded
