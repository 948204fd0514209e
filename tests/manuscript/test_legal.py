"""What a house says of rights and answers for: read as people write it, refused unsigned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Metadata, Publication, Signed, Translated
from faircopy.manuscript.legal import CHECKS

Read = Callable[..., Publication]
CLAIM = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
ALL = f"[{', '.join(CHECKS)}]"
SIGNED = f"accessibility:\n  conforms-to: {CLAIM}\n  certified-by: Oak\n  date: 2026-11-30\n"


def front(read: Read, lines: str) -> Metadata:
    return read(f"---\ntitle: T\nlang: en\n{lines}\n---\n\ntext\n").metadata


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("cc-by-nc-nd-3.0", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (
            "http://creativecommons.org/licenses/by/4.0/deed.de",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        (
            "https://creativecommons.org/licenses/by/3.0/de/legalcode",
            "https://creativecommons.org/licenses/by/3.0/de/",
        ),
        ("https://oak.example/terms", "https://oak.example/terms"),
    ],
)
def test_a_licence_is_an_address(read: Read, written: str, address: str) -> None:
    assert front(read, f"licence: {written}").licence == address


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("licence: CC BY", "without a version"),
        ("licence: all rights reserved", "neither an address"),
        ("licence: CC SA-BY 4.0", "neither an address"),
        ("tdm: no", "one line of text|read as yes or no"),
        ("tdm: forbidden", "one of reserved, permitted"),
        ("tdm-policy: our terms", "no address"),
        ("accessibility: yes", "no keys"),
        ("accessibility:\n  conform-to: x", "conforms-to"),
        ("accessibility:\n  exemption: small", "exemption"),
        ("accessibility:\n  conforms-to: WCAG", "shops do not read"),
        (f"accessibility:\n  conforms-to: {CLAIM}", "nobody signs"),
        (SIGNED, "has looked at alt-text, headings"),
        (f"{SIGNED}  checked: [{', '.join([*CHECKS][1:])}]", "has looked at alt-text"),
        (f"{SIGNED}  checked: [alt-texts]", "alt-text"),
        ("translations: by Ann", "which language"),
        ("translations:\n  ur:\n    machine: partly", "machine: partly"),
        ("translations:\n  ur:\n    review: x", "“review”"),
        ("translations:\n  Urdu!:\n    by: x", "no language tag"),
    ],
)
def test_what_nobody_stands_for_is_refused(read: Read, lines: str, said: str) -> None:
    with pytest.raises(ManuscriptError) as refused:
        front(read, lines)
    (found,) = refused.value.diagnostics
    assert any(part in found.message for part in said.split("|")), found.message
    assert found.remedy


def test_who_signs_is_asked_what_no_machine_judges(read: Read) -> None:
    with pytest.raises(ManuscriptError) as refused:
        front(read, SIGNED)
    assert all(question in refused.value.diagnostics[0].remedy for question in CHECKS.values())


def test_what_is_signed_is_kept(read: Read) -> None:
    metadata = front(
        read,
        f"{SIGNED}  checked: {ALL}\ntdm: reserved\ntdm-policy: https://oak.example/tdm\n"
        "translations:\n  ur:\n    machine: yes\n    by: Tool 1\n  kk:\n    machine: no",
    )
    assert metadata.accessibility == Signed(
        conforms_to=CLAIM, certified_by="Oak", date="2026-11-30", checked=tuple(CHECKS)
    )
    assert (metadata.tdm, metadata.tdm_policy) == ("reserved", "https://oak.example/tdm")
    assert metadata.translations == {
        "ur": Translated(by="Tool 1", machine="yes"),
        "kk": Translated(machine="no"),
    }


def test_nothing_is_said_on_nobodys_word(read: Read) -> None:
    metadata = front(read, "rights: © Oak")
    assert (metadata.licence, metadata.tdm, metadata.translations) == ("", "", {})
    assert metadata.accessibility == Signed()


def test_the_house_may_say_it_for_all(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text("---\ntitle: T\nlang: en\ntdm: permitted\n---\n\nx\n")
    house: Mapping[str, object] = {
        "tdm": "reserved",
        "licence": "CC0",
        "accessibility": {"exemption": "eaa-microenterprise", "date": date(2026, 11, 30)},
        "translations": {"ur": {"machine": True}},
    }
    metadata = manuscript.read(tmp_path, house=house).metadata
    assert metadata.tdm == "permitted"
    assert metadata.licence.endswith("/zero/1.0/")
    assert metadata.accessibility.exemption == "eaa-microenterprise"
    assert metadata.translations == {"ur": Translated(machine="yes")}


def test_what_the_house_says_wrongly_is_found_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text("---\ntitle: T\nlang: en\n---\n\nx\n")
    with pytest.raises(ManuscriptError) as refused:
        manuscript.read(tmp_path, house={"tdm": "forbidden"})
    (found,) = refused.value.diagnostics
    assert str(found.place) == "faircopy.toml"
