from __future__ import annotations

import pytest
from faircopy.core import toml

from tests.counting import grows_evenly
from tests.steps import steps

WRONG = {
    "brackets without end": "a = " + "[" * 5_000,
    "tables without end": "a = " + "{a=" * 5_000,
    "a key without end": "a" + ".a" * 20_000 + " = 1",
    "a key in quotes without end": "'a'" + ' . "b"' * 20_000 + " = 1",
    "a number without end": "a = " + "1" * 5_000,
    "no date": "a = 2026-13-45",
    "no text": 'a = "',
}


@pytest.mark.parametrize("kind", WRONG)
def test_whatever_is_wrong_is_one_error_with_its_place(kind: str) -> None:
    with pytest.raises(toml.Wrong) as caught:
        toml.loads(f"{WRONG[kind]}\n")
    assert "(at " in str(caught.value)
    assert len(str(caught.value)) < 200


def test_what_stands_in_texts_and_remarks_does_not_count() -> None:
    brackets, dots = "[" * 100, "a." * 100
    text = f"""# {brackets}
a = "{brackets} {dots} \\" # "
b = '{dots}'
c = \"\"\"{dots}
"{brackets}" \\\"\"\"\"
d.e.f = [1.5, 2.5, 3.5{", 1.5" * 40}]
""".replace('\\"\\"\\"', '"""')
    assert set(toml.loads(text)) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("begin", ["", '"', '"""', "'", "'''"])
@pytest.mark.parametrize(
    "unit", ["a", "a.", "a ", "\\", '"', '\\"', '\\"""', "'", "'a", "#", '"\n']
)
def test_a_text_of_nothing_but_marks_takes_steady_steps(begin: str, unit: str) -> None:
    for pattern in (toml._TEXTS, toml._DOTTED):
        took = [steps(pattern, begin + unit * size) for size in (10, 20, 40, 80)]
        assert grows_evenly(took), (pattern.pattern, took)
