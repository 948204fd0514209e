"""XLIFF as other tools give it back: every shape comes home, and nothing in it is believed."""

from __future__ import annotations

import pytest

from pipeline.model import Publication
from pipeline.translation import codes, xliff2, xliff12, xliff_read
from pipeline.translation.forms import Returned
from pipeline.translation.home import Rules, bring_home
from pipeline.translation.job import Job, State
from pipeline.translation.segments import SourceText, extract
from tests.translation.clients import CLIENTS_12, Client
from tests.translation.clients_xliff2 import CLIENTS_2
from tests.translation.test_home import job, translated


def russian(text: str) -> str:
    (word,) = translated((text,))
    assert isinstance(word, str)
    return word


def returns(source: SourceText, data: bytes) -> None:
    """Hold what a tool gave back against what our own file gives."""
    ours = bring_home([("a.xlf", xliff2.write(job(source)))], source)
    home = bring_home([("a.xlf", data)], source, Rules(lang="ru"))
    came = {id: codes.notation(target.content).strip() for id, target in home.targets.items()}
    assert came == {id: codes.notation(t.content).strip() for id, t in ours.targets.items()}
    assert {(f.check, f.segment) for f in home.findings} == {
        (f.check, f.segment) for f in ours.findings
    }
    assert home.outdated == ()


@pytest.mark.parametrize("client", CLIENTS_12.values(), ids=CLIENTS_12)
def test_every_tool_gives_xliff_12_back(client: Client, every: Publication) -> None:
    source = extract(every)
    returns(source, client(xliff12.write(Job(text=source, lang="ru")), russian))


@pytest.mark.parametrize("client", CLIENTS_2.values(), ids=CLIENTS_2)
def test_every_tool_gives_xliff_21_back(client: Client, every: Publication) -> None:
    source = extract(every)
    returns(source, client(xliff2.write(Job(text=source, lang="ru")), russian))


UNIT = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff"
 xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><file original="m" source-language="en"
 target-language="ru" datatype="x"><body><trans-unit id="a" {unit}><source>One.</source>
 <target {target}>Раз.</target>{more}</trans-unit></body></file></xliff>"""
SEG = '<sdl:seg-defs><sdl:seg id="1" {}/></sdl:seg-defs>'


def one(unit: str = "", target: str = "", more: str = "") -> Returned:
    return xliff_read.read(UNIT.format(unit=unit, target=target, more=more).encode(), "a.xlf")


@pytest.mark.parametrize(
    "parts",
    [
        {"unit": 'mq:status="AssembledFromFragments"'},
        {"unit": 'mq:status="Pretranslated" mq:percent="84"'},
        {"unit": 'mq:status="Rejected"'},
        {"more": SEG.format('conf="Draft" origin="nmt"')},
        {"more": SEG.format('origin="tm" percent="84"')},
        {"more": SEG.format('conf="RejectedTranslation" origin="interactive"')},
        {"target": 'state="needs-review-translation" state-qualifier="fuzzy-match"'},
        {"target": 'state-qualifier="mt-suggestion"'},
    ],
    ids=str,
)
def test_what_a_tool_guessed_is_not_taken_and_is_said(parts: dict[str, str]) -> None:
    returned = one(**parts)
    assert [record.target for record in returned.records] == [()]
    (found,) = returned.diagnostics
    assert (found.code, found.severity) == ("unconfirmed", "warning")
    assert str(found.place).startswith("a.xlf:4")
    assert "a: the translation is " in found.message


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ({}, State.TRANSLATED),
        ({"unit": 'mq:status="ManuallyConfirmed"'}, State.TRANSLATED),
        ({"unit": 'mq:status="PartiallyEdited"'}, State.TRANSLATED),
        ({"unit": 'mq:status="Pretranslated" mq:percent="101"'}, State.TRANSLATED),
        ({"unit": 'mq:status="Proofread"'}, State.REVIEWED),
        ({"more": SEG.format('conf="Draft" origin="interactive"')}, State.TRANSLATED),
        ({"more": SEG.format('conf="Translated" origin="nmt"')}, State.TRANSLATED),
        ({"more": SEG.format('conf="ApprovedSignOff"')}, State.REVIEWED),
        ({"target": 'state="translated" state-qualifier="fuzzy-match"'}, State.TRANSLATED),
        ({"target": 'state="signed-off"'}, State.REVIEWED),
        ({"target": 'state="final"'}, State.FINAL),
    ],
    ids=str,
)
def test_what_a_person_did_is_taken(parts: dict[str, str], state: State) -> None:
    returned = one(**parts)
    assert returned.diagnostics == ()
    assert [(r.target, r.state) for r in returned.records] == [(("Раз.",), state)]


@pytest.mark.parametrize(
    ("inline", "notation"),
    [
        ('a<it id="1" pos="open"/>b<it id="1" pos="close"/>', "a<1>b</1>"),
        (
            'a<bpt id="3" rid="2">&lt;g id="7" ctype="bold"&gt;</bpt>b<ept id="4" rid="2"/>',
            "a<7>b</7>",
        ),
        ('a<ph id="1">&lt;x id="7" equiv-text="b c" /&gt;</ph>', "a<7/>"),
        ('a<ph id="1">&lt;mq:rxt val="x" /&gt;</ph>', "a<1/>"),
        (
            'a <mrk mtype="x-sdl-deleted"><g id="5" sdl:end="false">b</g></mrk>'
            '<mrk mtype="x-sdl-added"><g id="5" sdl:end="false">c</g></mrk>'
            '<g id="5" sdl:start="false"> d</g>',
            "a <5>c d</5>",
        ),
        (
            '<mrk mtype="seg" mid="1">a.</mrk> <mrk mtype="seg" mid="2">b<x id="4"/></mrk>',
            "a. b<4/>",
        ),
    ],
)
def test_inline_codes_of_every_make(inline: str, notation: str) -> None:
    data = UNIT.replace("Раз.", inline).format(unit="", target="", more="")
    (record,) = xliff_read.read(data.encode(), "a.xlf").records
    assert codes.notation(record.target) == notation


def test_ids_of_a_tools_own_are_no_wrong_ids(every: Publication) -> None:
    """A tool may keep our digest and yet number the sentences."""
    source = extract(every)
    data = xliff2.write(job(source)).decode()
    for number, (_, segment) in enumerate(source.segments()):
        data = data.replace(f'<segment id="{segment.id}"', f'<segment id="x{number}"')
    home = bring_home([("a.xlf", data.encode())], source)
    assert len(home.targets) == sum(1 for _ in source.segments())
    assert "wrong-id" not in {finding.check for finding in home.findings}
