"""International Standard Book Numbers: read as people write them, refused with a slip."""

from __future__ import annotations

import pytest
from faircopy.passes import isbn


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("9783161484100", "9783161484100"),
        ("ISBN 978 3 16 148410 0", "9783161484100"),
        ("urn:isbn:9783161484100", "9783161484100"),
        ("ISBN-13: 978–3–16–148410–0", "9783161484100"),
        ("0-306-40615-2", "9780306406157"),
        ("0-8044-2957-X", "9780804429573"),
    ],
)
def test_however_it_is_written(written: str, number: str) -> None:
    assert isbn.normal(written) == number


@pytest.mark.parametrize(
    "written",
    ["978-3-16-148410-1", "978-3-16-148401-0", "0-306-40615-3", "9773161484100", "978316148410", "",
     "0306406X52", "none"],
)  # fmt: skip
def test_a_slip_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"wrong digit|no ISBN"):
        isbn.normal(written)
