"""Steps of a regular expression, counted: `re` tells none, and seconds say more of the machine.

The expression is parsed by `re` and matched by trying and going back, as `re` does, but for its
short cuts; a caller holds what is found against `re` itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from re import _constants as at  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    at.CATEGORY_DIGIT: str.isdecimal,
    at.CATEGORY_SPACE: str.isspace,
    at.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
    at.CATEGORY_NOT_DIGIT: lambda sign: not sign.isdecimal(),
    at.CATEGORY_NOT_SPACE: lambda sign: not sign.isspace(),
    at.CATEGORY_NOT_WORD: lambda sign: not (sign.isalnum() or sign == "_"),
}
_ONE = (at.LITERAL, at.NOT_LITERAL, at.ANY, at.IN)
"""What stands for one character."""


class Stepper:
    """Finds a pattern in a text, and counts the characters and places that are looked at."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.steps = 0
        self._text = text
        self._parsed = _parser.parse(pattern.pattern, pattern.flags)
        self._flags = pattern.flags

    def found(self) -> list[tuple[int, int]]:
        """Return where the pattern is found, as ``finditer`` does."""
        spans: list[tuple[int, int]] = []
        start = 0
        while start <= len(self._text):
            end = next((end for end in self._run([*self._parsed], start)), None)
            if end is not None:
                spans.append((start, end))
            start = start + 1 if end is None or end == start else end
        return spans

    def _run(self, ops: list[Any], here: int) -> Iterator[int]:
        if not ops:
            yield here
            return
        for there in self._one(ops[0][0], ops[0][1], here):
            yield from self._run(ops[1:], there)

    def _one(self, kind: Any, said: Any, here: int) -> Iterator[int]:
        """Yield where a part of the pattern may end that begins here, the likeliest first."""
        self.steps += 1
        if kind in _ONE:
            if self._fits(kind, said, here):
                yield here + 1
        elif kind is at.BRANCH:
            for branch in said[1]:
                yield from self._run([*branch], here)
        elif kind is at.SUBPATTERN:
            yield from self._run([*said[3]], here)
        elif kind is at.MAX_REPEAT and len(said[2]) == 1 and said[2][0][0] in _ONE:
            yield from self._signs(said[0], said[1], said[2], here)
        elif kind is at.POSSESSIVE_REPEAT:
            yield from itertools.islice(self._one(at.MAX_REPEAT, said, here), 1)
        elif kind in (at.MAX_REPEAT, at.MIN_REPEAT):
            least, most, ops = said
            yield from self._repeated(least, most, ops, here, lazy=kind is at.MIN_REPEAT)
        elif kind in (at.ASSERT, at.ASSERT_NOT):
            way, ops = said
            start = here if way > 0 else here - ops.getwidth()[0]
            seen = start >= 0 and next(self._run([*ops], start), None) is not None
            if seen is (kind is at.ASSERT):
                yield here
        elif kind is at.AT and self._is_at(said, here):
            yield here

    def _signs(self, least: int, most: Any, ops: Any, here: int) -> Iterator[int]:
        ((kind, said),) = ops
        end = here
        while end - here < most and self._fits(kind, said, end):
            self.steps += 1
            end += 1
        yield from range(end, here + least - 1, -1)

    def _repeated(self, least: int, most: Any, ops: Any, here: int, *, lazy: bool) -> Iterator[int]:
        if lazy and least <= 0:
            yield here
        if most > 0:
            for there in self._run([*ops], here):
                if there > here or least > 0:
                    yield from self._repeated(least - 1, most - 1, ops, there, lazy=lazy)
        if not lazy and least <= 0:
            yield here

    def _fits(self, kind: Any, said: Any, here: int) -> bool:
        if here >= len(self._text):
            return False
        sign = self._text[here]
        if kind is at.ANY:
            return sign != "\n" or bool(self._flags & re.DOTALL)
        if kind is at.IN:
            bare = [item for item in said if item[0] is not at.NEGATE]
            return any(_is(sign, *item) for item in bare) is (len(bare) == len(said))
        return (ord(sign) == said) is (kind is at.LITERAL)

    def _is_at(self, said: Any, here: int) -> bool:
        lines = bool(self._flags & re.MULTILINE)
        if said is at.AT_BEGINNING:
            return here == 0 or (lines and self._text[here - 1] == "\n")
        if said is at.AT_END:
            return here >= len(self._text) - (self._text[-1:] == "\n") or (
                lines and self._text[here] == "\n"
            )
        if said is at.AT_END_STRING:
            return here == len(self._text)
        raise AssertionError(said)


def steps(pattern: re.Pattern[str], text: str) -> int:
    """Return the steps of looking for a pattern, and see that they are those of the real one."""
    stepper = Stepper(pattern, text)
    assert stepper.found() == [match.span() for match in pattern.finditer(text)]
    return stepper.steps


def _is(sign: str, kind: Any, said: Any) -> bool:
    if kind is at.RANGE:
        return bool(said[0] <= ord(sign) <= said[1])
    return _CATEGORIES[said](sign) if kind is at.CATEGORY else bool(ord(sign) == said)
