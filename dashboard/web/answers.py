"""Answers to callbacks, kept compressed for whoever asks the same.

A callback is a pure read. Its answer depends on what is asked (which one, page, theme, screen) and
on those choices of the view that are read while it is made. `noted` writes these down, so that it
is known for which other views the answer is the same: those that agree in them, since with these
the same steps would be taken.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter, defaultdict
from contextvars import ContextVar
from dataclasses import fields
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flask import Flask, Response, g, request

from dashboard.view import View
from dashboard.web.kept import Kept
from dashboard.web.limits import CALLBACK
from dashboard.web.packing import CODINGS, PACK
from dashboard.web.root import root

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOM: Final = 16_000_000
"""Bytes of all answers in a worker; one has some thousand."""
BESIDE: Final = 1_000
"""Bytes that are held beside an answer, about."""
LEAST: Final = 400
"""Bytes of an answer that is worth being compressed."""
FIELDS: Final = tuple(field.name for field in fields(View))
CHOICES: Final = frozenset(FIELDS)
SEARCH: Final = ("url", "search")
PART: Final = "part-"
"""Begins the id of what only sets a callback off: it reads the address itself."""

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


class Noted(View):
    """A view that notes which of its choices are read."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - any choice
        """Return a choice."""
        if name in CHOICES and (read := _noted.get()) is not None:
            read.add(name)
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """Compare with any view."""
        if not isinstance(other, View):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in FIELDS)

    __hash__ = View.__hash__


def noted(view: View) -> View:
    """Return the same view; while a callback is answered, what is read of it is noted."""
    if _noted.get() is None:
        return view
    return Noted(**{name: getattr(view, name) for name in FIELDS})


class Answer(NamedTuple):
    """A finished answer, in the coding that its key names."""

    content: bytes
    coding: str | None


class Key(NamedTuple):
    """A question, the choices that were read for its answer, and what was chosen."""

    asked: bytes
    read: tuple[str, ...]
    chosen: tuple[Any, ...]

    @classmethod
    def of(cls, asked: bytes, read: tuple[str, ...], view: View) -> Key:
        """Return the key for a view."""
        return cls(asked, read, tuple(getattr(view, name) for name in read))


class Answers:
    """Keeps answers by what they depend on; safe to use from any thread.

    Parameters
    ----------
    room
        Bytes of all answers together; those not asked for the longest go first.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._kept: Kept[Key, Answer] = Kept(
            room, lambda one: len(one.content) + BESIDE, gone=self._forget
        )
        self._read: defaultdict[bytes, Counter[tuple[str, ...]]] = defaultdict(Counter)
        self._lock = threading.Lock()

    @property
    def taken(self) -> int:
        """Bytes that are kept."""
        return self._kept.taken

    def get(self, asked: bytes, view: View) -> Answer | None:
        """Return the answer to a question for a view, which then goes last."""
        with self._lock:
            found = (
                self._kept.get(Key.of(asked, read, view)) for read in self._read.get(asked, ())
            )
            return next((answer for answer in found if answer is not None), None)

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer for all views that agree in what was read."""
        with self._lock:
            if key not in self._kept:
                self._read[key.asked][key.read] += 1
            self._kept.put(key, answer)

    def _forget(self, gone: Key) -> None:
        """Forget what was read for an answer that is not kept any more."""
        reads = self._read[gone.asked]
        reads[gone.read] -= 1
        if not reads[gone.read]:
            del reads[gone.read]
        if not reads:
            del self._read[gone.asked]


class Question(NamedTuple):
    """What is asked, as a digest: all of it but the address, and with it; and the view."""

    asked: bytes
    whole: bytes
    view: View
    coding: str | None


def question(body: Mapping[str, Any], view_of: Callable[[Any], View]) -> Question:
    """Read a question that `limits.fits` has let through, as the present request asks it."""
    given = [*body.get("inputs", []), *body.get("state", [])]
    told, search = [], None
    for one in given:
        if (one["id"], one["property"]) == SEARCH:
            search = one.get("value")
        elif not one["id"].startswith(PART):
            told.append(one.get("value"))
    coding = request.accept_encodings.best_match(CODINGS)
    asked = [body["output"], told, root(), coding]
    return Question(_digest(asked), _digest([*asked, search]), view_of(search), coding)


def _digest(asked: list[Any]) -> bytes:
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).digest()


def keep_answers(server: Flask, view_of: Callable[[Any], View]) -> Answers:
    """Give what was answered before; call this when all checks of a request are in place.

    Parameters
    ----------
    server
        The server.
    view_of
        Reads an address.

    Returns
    -------
    Answers
        What is kept.
    """
    answers = Answers()

    @server.before_request
    def give() -> Response | None:
        if request.path != CALLBACK or request.method != "POST":
            return None
        asked = question(request.get_json(), view_of)
        # Who will have it made anew says so, as RFC 9111 (5.2.1.4) has it.
        known = () if request.cache_control.no_cache else (asked.asked, asked.whole)
        for digest in known:
            found = answers.get(digest, asked.view)
            if found is not None:
                return _answered(Response(mimetype="application/json"), found)
        g.question = asked
        _noted.set(set())
        return None

    @server.after_request
    def take(response: Response) -> Response:
        asked, read = g.pop("question", None), _noted.get()
        _noted.set(None)
        if asked is None or read is None or response.status_code != HTTPStatus.OK:
            return response
        content, coding = _dense(response.get_data()), asked.coding
        if coding is None or len(content) < LEAST:
            answer = Answer(content, None)
        else:
            answer = Answer(PACK[coding](content), coding)
        # What has not been read through `noted` was read in a way of its own: the address counts.
        digest = asked.asked if read else asked.whole
        key = Key.of(digest, tuple(name for name in FIELDS if name in read), asked.view)
        answers.put(key, answer)
        return _answered(response, answer)

    return answers


def _dense(content: bytes) -> bytes:
    """Return the same JSON as short as can be: Chinese as it is, where Dash writes its numbers.

    What could begin a tag stays escaped, as it does in Dash's own.
    """
    dense = json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":"))
    return dense.replace("<", "\\u003c").encode("utf-8", "replace")


def _answered(response: Response, answer: Answer) -> Response:
    response.set_data(answer.content)
    if answer.coding:
        response.headers["Content-Encoding"] = answer.coding
    return response
