"""Each study keeps its own answers, once computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.studies.study import Study, kept

if TYPE_CHECKING:
    from geodata.atlas import Atlas


class Doubling(Study):
    """A study that notes what it had to compute."""

    calls: list[int]

    @kept()
    def double(self, number: int) -> int:
        self.calls.append(number)
        return 2 * number

    @kept(1)
    def latest(self, number: int) -> int:
        self.calls.append(number)
        return number


def doubling(atlas: Atlas) -> Doubling:
    made = Doubling(atlas, atlas._data)  # noqa: SLF001 - what an atlas gives its studies
    made.calls = []
    return made


def test_an_answer_is_computed_once_by_each_study(atlas: Atlas) -> None:
    one, other = doubling(atlas), doubling(atlas)
    assert [one.double(2), one.double(2), one.double(3), other.double(2)] == [4, 4, 6, 4]
    assert (one.calls, other.calls) == ([2, 3], [2])


def test_no_more_answers_are_kept_than_told(atlas: Atlas) -> None:
    one = doubling(atlas)
    assert [one.latest(n) for n in (1, 1, 2, 1)] == [1, 1, 2, 1]
    assert one.calls == [1, 2, 1]
