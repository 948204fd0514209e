"""Comments in threads: Word's own parts, and stand-ins for Google's export, which has none.

The shape of Google's is learnt from exports of it: replies are comments on the same words, the
part has another order than the threads, and nothing says which are settled.
"""

from __future__ import annotations

import pytest
from faircopy.intake.threads import Stretch, threaded
from faircopy.intake.walked import Comment
from lxml import etree

from tests.intake.word import NAMES, r

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
HUNG = Stretch("river", 3, 4, 5)


def comments(*found: tuple[int, str, str]) -> etree._Element:
    """Return a part with comments: a number, which is the hour too, who wrote it, and what."""
    each = (
        f'<w:comment w:id="{n}" w:author="{who}" w:date="2026-11-28T{n:02}:00:00Z">'
        f"<w:p>{r('First.')}</w:p><w:p {W14} w14:paraId='{n}'>{r(said)}</w:p></w:comment>"
        for n, who, said in found
    )
    return etree.fromstring(f"<w:comments {NAMES}>{''.join(each)}</w:comments>")


def told(*threads: tuple[int, int | None, bool]) -> etree._Element:
    """Return Word's part: of whom a comment is a reply, and whether it is settled."""
    each = (
        f'<w15:commentEx w15:paraId="{n}" w15:done="{int(done)}"'
        + ("/>" if above is None else f' w15:paraIdParent="{above}"/>')
        for n, above, done in threads
    )
    return etree.fromstring(f"<w15:commentsEx {W15}>{''.join(each)}</w15:commentsEx>")


def shown(found: list[Comment]) -> list[tuple[str, list[str], bool]]:
    return [
        (one.id, [reply.partition(" (")[0] for reply in one.replies], one.settled) for one in found
    ]


WHICH, OB, NO = "First. Which?", "First. The Ob.", "First. No."
THREE = ((1, "Ed", "Which?"), (2, "Ann", "The Ob."), (3, "Bo", "No."))


@pytest.mark.parametrize(
    ("order", "threads", "expected"),
    [
        (THREE, told((2, 1, False), (3, 1, False)), [("1", [OB, NO], False)]),
        (THREE, told((2, 1, False), (3, 2, False)), [("1", [OB, NO], False)]),
        (THREE[::-1], told((2, 1, False)), [("3", [], False), ("1", [OB], False)]),
        (THREE, told((1, None, True), (2, 1, True)), [("1", [OB], True), ("3", [], False)]),
        (THREE, told((1, 2, False), (2, 1, False)), [("2", [WHICH], False), ("3", [], False)]),
        (THREE, told((2, 9, False)), [("1", [], False), ("2", [], False), ("3", [], False)]),
    ],
    ids=["Word", "a reply to a reply", "a reply first", "settled", "a circle", "to nobody"],
)  # fmt: skip
def test_word_says_who_answers_whom(
    order: tuple[tuple[int, str, str], ...],
    threads: etree._Element,
    expected: list[tuple[str, list[str], bool]],
) -> None:
    about = {str(n): HUNG for n in (1, 2, 3)}
    assert shown([*threaded(comments(*order), threads, about)]) == expected


def test_a_stand_in_for_google_answers_on_the_same_words() -> None:
    about = {"1": HUNG, "2": HUNG, "3": Stretch("river", 3, 4, 6)}
    (alone, thread) = threaded(comments(THREE[2], THREE[1], THREE[0]), None, about)
    assert (alone.id, alone.replies) == ("3", ())
    assert thread.signed == "First. Which? (Ed, 2026-11-28)"
    assert thread.replies == ("First. The Ob. (Ann, 2026-11-28)",)


def test_comments_on_no_words_are_no_thread() -> None:
    assert len([*threaded(comments(*THREE), None, {})]) == 3
