"""The forms in which transcripts are written, and who asks in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.manuscript import read
from faircopy.manuscript.people import is_among
from faircopy.manuscript.shortened import shortened
from faircopy.passes.units import units

_KEYS = "interviewer: Ann Example\ninterviewee: Joe Brown\n"


def _turns(folder: Path, text: str, keys: str = _KEYS) -> list[tuple[str, str, str]]:
    front = f"---\ntitle: A title\nlang: en-GB\nkind: interview\n{keys}---\n\n"
    (folder / "manuscript.md").write_text(front + text)
    return [
        (unit.role.value[0], unit.speaker, ast.text(unit.inlines, Omit.NOTES))
        for unit in units(read(folder).blocks)
    ]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("**Ann Example:** Why?", "**Joe Brown:** So."),
        ("**Ann Example**: Why?", "**Joe Brown**: So."),
        ("*Ann Example:* Why?", "*Joe Brown*: So."),
        ("***Ann Example:*** Why?", "***Joe Brown:*** So."),
        ("[Ann Example:]{.smallcaps} Why?", "[Joe Brown]{.smallcaps}: So."),
        ("ANN EXAMPLE: Why?", "JOE BROWN: So."),
        ("Ann Example: Why?", "Joe Brown: So."),
        ("**Ms Example:** Why?", "**Dr. Brown:** So."),
        ("**Ann:** Why?", "**Joe “JB” Brown:** So."),
        ("**AE:** Why?", "**JB:** So."),
        ("[00:00:05] **Ann Example:** Why?", "[00:00:12] **Joe Brown:** So."),
        ("00:05 **Ann Example:** Why?", "00:12.5 **Joe Brown:** So."),
        ("0:00:36.2 **Ann Example** Why?", "0:00:40.1 **Joe Brown** So."),
        ("**Ann Example (00:20):** Why?", "**Joe Brown [00:25]:** So."),
        ("**Ann Example** (00:20): Why?", "**Joe Brown** [00:25]: So."),
        ("**Ann Example:** \\[00:20\\] Why?", "**Joe Brown:** \\[01:00:05.11\\] So."),
        ("**[00:20] Ann Example:** Why?", "**[00:25] Joe Brown:** So."),
        ("ANN EXAMPLE (00:20): Why?", "JOE BROWN (00:25): So."),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "  \n", "\\\n", "\n"])
def test_every_form_of_a_turn(tmp_path: Path, asks: str, answers: str, between: str) -> None:
    found = _turns(tmp_path, f"{asks}{between}{answers}\n")
    assert [role for role, _, _ in found] == ["q", "a"]
    assert found[0][2].endswith("Why?")
    assert found[1][2].endswith("So.")
    assert not any(sign.isdigit() for _, speaker, _ in found for sign in speaker)
    shown = "".join(words for _, _, words in found).replace("“JB” ", "")
    assert sum(map(str.isdigit, shown)) == sum(map(str.isdigit, asks + answers))


def test_times_are_left_out_when_asked(tmp_path: Path) -> None:
    text = (
        "[00:05] **Ann Example:** Why?\n\n**Joe Brown (00:25):** So.\n\n"
        "\\[00:31\\] And so on at 12:30.\n\n"
        "**Ann Example:** \\[00:40\\] Then?\n\n**Joe Brown** (00:45): No.\n"
    )
    found = _turns(tmp_path, text, _KEYS + "timestamps: leave-out\n")
    assert [words for _, _, words in found] == [
        "Ann Example: Why?",
        "Joe Brown: So.",
        "And so on at 12:30.",
        "Ann Example: Then?",
        "Joe Brown: No.",
    ]


def test_who_has_spoken_is_called_by_initials_when_asked(tmp_path: Path) -> None:
    text = (
        "[00:05] **Ann Example:** Why?\n\n**Joe Brown (00:25):** So.\n\n"
        "**Joe Brown:** And so.\n\n**Dr. Ann Example:** \\[00:40\\] Then?\n\n"
        "**Ann Example** (00:45): And then?\n\n[00:50] **Joe Brown:** No, Joe Brown said.\n"
    )
    found = _turns(tmp_path, text, _KEYS + "speakers: initials\n")
    assert [words for _, _, words in found] == [
        "[00:05] Ann Example: Why?",
        "Joe Brown (00:25): So.",
        "JB: And so.",
        "AE: [00:40] Then?",
        "AE (00:45): And then?",
        "[00:50] JB: No, Joe Brown said.",
    ]


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("Ann Example", "Joe Brown"), ("AE", "JB")),
        (("Jean-Luc Godard", "Ursula von der Leyen"), ("JLG", "UvdL")),
        (("Dr. Ann “Annie” Example (host)", "Joe"), ("AE", "")),
        (("Ann Example", "Alex Ender", "Joe Brown"), ("", "", "JB")),
        (("Ann Example", "AE"), ("", "")),
        (("Касым-Жомарт Токаев", "Journalist"), ("КЖТ", "")),
        (("محمد علي", "דן כהן", "山田 太郎"), ("", "", "")),
    ],
)
def test_initials_name_one_speaker_alone(names: tuple[str, ...], short: tuple[str, ...]) -> None:
    found = shortened(names)
    assert tuple(found.get(name.casefold(), "") for name in names) == short


@pytest.mark.parametrize(
    ("keys", "text", "roles"),
    [
        ("", "**Q:** Why?\n\n**A:** So.\n\n**Q:** And?\n", "qaq"),
        ("", "**A:** Hello.\n\n**Q:** Why?\n\n**A:** So.\n", "aqa"),
        ("interviewee: President of X\n", "**Ann:** Why?\n\n**Joe:** So.\n", "qa"),
        ("interviewer: Someone Else\n", "**Ann:** Why?\n\n**Joe:** So.\n", "qa"),
        ("interviewee: Joe Brown\n", "**Ann:** Why?\n\n**Bo:** And?\n\n**Joe:** So.\n", "qqa"),
        (_KEYS, "**Ann:** Why? **Joe:** So. **Ann:** And *this*?\n", "qaq"),
        (_KEYS, "**Ann:** Why?\n\n**Joe:** So. **Note:** this. Ann: no.\n", "qa"),
        (_KEYS, "**Joe:** So.\n\n**Ann:** Why?\n\n## Next\n\nThus they spoke.\n", "aqhp"),
        (_KEYS, "**Brown:** So.\n\nMore. Note: this.\n\n**Ann:** Why?\n", "aaq"),
        (
            "interviewer: Ann Brown\ninterviewee: Joe Brown\n",
            "**Ann:** Why?\n\n**Brown:** So.\n",
            "qa",
        ),
    ],
)
def test_an_answer_is_never_set_as_a_question(
    tmp_path: Path, keys: str, text: str, roles: str
) -> None:
    assert "".join(role for role, _, _ in _turns(tmp_path, text, keys)) == roles


@pytest.mark.parametrize("text", ["NOTE: One.\n\nTwo: three.\n", "Time: 12:30.\n\nPlace: here.\n"])
def test_words_before_a_colon_are_no_speakers(tmp_path: Path, text: str) -> None:
    assert [role for role, _, _ in _turns(tmp_path, text)] == ["p", "p"]


@pytest.mark.parametrize(
    ("label", "person", "same"),
    [
        ("president tokayev", "Kassym-Jomart Tokayev", True),
        ("dr. joe brown", "Joe Brown", True),
        ("jo brown", "Joe Brown", True),
        ("bill brown", "Joe Brown", False),
        ("joseph (joe) brown", "Joseph Brown", True),
        ("k.t", "Kay Tee", True),
        ("host", "Joe Brown", False),
    ],
)
def test_whom_a_label_names(label: str, person: str, same: bool) -> None:
    assert is_among(label, (person,)) is same
