"""What a reader copies or finds in a PDF that runs from right to left: words and numbers as read.

Chrome and Edge search by PDFium, Evince and Okular by poppler. Neither follows the tags.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from faircopy.core import process
from faircopy.proof.extractors.pdf import RULES
from faircopy.proof.reading import reading
from faircopy.proof.words import words
from faircopy.writers.pdf.textlayer import NOTHING

from tests.proof.test_fidelity import Make, Read

_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_WORD = re.compile(r"\w+")


def copied(text: str) -> Counter[str]:
    whole = unicodedata.normalize("NFKC", text).replace(NOTHING, "")
    plain = _DIRECTIONS.sub(" ", whole)
    return Counter(_WORD.findall(re.sub(r"[^\w\s]", " ", plain)))


def wanted(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("sample", ["ar", "he"])
def test_pdfium_finds_every_word_and_number(sample: str, publication: Read, edition: Make) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(edition(sample, "pdf.a4").data)
    shown = "\n".join(page.get_textpage().get_text_range() for page in document)
    known = words(reading(publication(sample)), RULES)
    # A reader may part a word at a mark that stands above its letters.
    unmarked = [word.text for word in known if word.text.isalnum()]
    plain = wanted(" ".join(unmarked))
    assert len(plain) > 100
    assert not plain - copied(shown)


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("sample", ["ar", "he", "ur"])
def test_poppler_reads_numbers_the_right_way_round(
    sample: str, publication: Read, edition: Make, tmp_path: Path
) -> None:
    (tmp_path / "it.pdf").write_bytes(edition(sample, "pdf.a4").data)
    command = ["pdftotext", "-enc", "UTF-8", "it.pdf", "-"]
    shown = process.run(command, timeout=60, cwd=tmp_path).stdout.decode()
    known = words(reading(publication(sample)), RULES)
    numbers = wanted(" ".join(word.text for word in known if word.text.isdecimal()))
    assert numbers
    assert not numbers - copied(shown)
