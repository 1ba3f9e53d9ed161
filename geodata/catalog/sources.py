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

    `rendered` says that the title is a translation: in English it always is one, in Chinese where
    it does not begin as a Chinese title that is on record does.

    Parameters
    ----------
    source
        The source as recorded.
    lang
        The language.
    rendering
        It in that language; None where the record is in it.
    notes
        Chinese and English of the notes.
    """
    fragments = split_notes(source.note)
    if lang == "en":
        told = replace(source, note="; ".join(map(notes.en, fragments)))
    else:
        note = "；".join(notes.zh(fragment) or fragment for fragment in fragments)
        told = replace(source, note=note)
    if rendering is None:
        return told
    rendered = lang == "en" or _begins_elsewhere(rendering.title, source.title)
    return replace(
        told,
        title=rendering.title or source.title,
        publisher=rendering.publisher or source.publisher,
        date=rendering.date or source.date,
        rendered=rendered,
        original=source.title if rendered else "",
    )


def _begins_elsewhere(title: str, recorded: str) -> bool:
    first = CHINESE.search(title)
    return first is not None and first[0] not in recorded
