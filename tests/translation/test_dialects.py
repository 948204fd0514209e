"""XLIFF as other tools give it back: every shape comes home, and nothing in it is believed."""

from __future__ import annotations

import pytest
from faircopy.core.model import Publication
from faircopy.translation import codes, xliff2, xliff12, xliff_read
from faircopy.translation.forms import Returned
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.job import Job, State
from faircopy.translation.segments import SourceText, extract

from tests.translation.clients import CLIENTS_12, Client
from tests.translation.clients_studio import CLIENTS_SEEN
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
    assert {(f.check, f.segment) for f in home.findings if f.check != "remark"} == {
        (f.check, f.segment) for f in ours.findings
    }  # a tool's stand-in may have commented
    assert home.outdated == ()


ALL_12 = CLIENTS_12 | CLIENTS_SEEN


@pytest.mark.parametrize("client", ALL_12.values(), ids=ALL_12)
def test_every_tool_gives_xliff_12_back(client: Client, every: Publication) -> None:
    source = extract(every)
    returns(source, client(xliff12.write(Job(text=source, lang="ru")), russian))


@pytest.mark.parametrize("client", CLIENTS_2.values(), ids=CLIENTS_2)
def test_every_tool_gives_xliff_21_back(client: Client, every: Publication) -> None:
    source = extract(every)
    returns(source, client(xliff2.write(Job(text=source, lang="ru")), russian))


UNIT = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:mq="MQXliff"
 xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns:rws="http://schemas.sdl.com/xliff"
 xmlns:m="http://www.memsource.com/mxlf/2.0"><file original="m" source-language="en"
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
        {"unit": 'mq:status="PreTranslated" mq:percent="84"'},
        {"unit": 'mq:status="Rejected"'},
        {"more": SEG.format('origin="tm" percent="84"')},
        {"more": SEG.format('conf="RejectedTranslation" origin="interactive"')},
        {"unit": 'rws:conf="Draft" rws:origin="tm" rws:percent="74"'},
        {"unit": 'm:confirmed="0" m:trans-origin="tm" m:score="0.87"'},
        {"target": 'state="needs-review-translation" state-qualifier="fuzzy-match"'},
    ],
    ids=str,
)
def test_what_a_tool_guessed_is_not_taken_and_is_said(parts: dict[str, str]) -> None:
    returned = one(**parts)
    assert [record.target for record in returned.records] == [()]
    (found,) = returned.diagnostics
    assert (found.code, found.severity) == ("unconfirmed", "warning")
    assert str(found.place).startswith("a.xlf:5")
    assert "a: the translation is " in found.message


@pytest.mark.parametrize(
    "parts",
    [
        {"unit": 'mq:status="MachineTranslated"'},
        {"more": SEG.format('conf="Draft" origin="nmt"')},
        {"unit": 'rws:conf="Unspecified" rws:origin="mt"'},
        {"more": SEG.replace("sdl:", "rws:").format('conf="Unspecified" origin="mt"')},
        {"unit": 'm:confirmed="0" m:trans-origin="mt" m:score="0.0"'},
        {"target": 'state-qualifier="mt-suggestion"'},
    ],
    ids=str,
)
def test_what_a_machine_made_is_read_as_its_own(parts: dict[str, str]) -> None:
    (record,) = one(**parts).records
    assert record.machine
    assert record.target


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
        ({"unit": 'rws:conf="ApprovedSignOff" rws:origin="mt"'}, State.REVIEWED),
        ({"unit": 'rws:conf="Draft" rws:origin="interactive"'}, State.TRANSLATED),
        ({"unit": 'm:confirmed="1" m:trans-origin="mt"'}, State.TRANSLATED),
        ({"unit": 'm:confirmed="0" m:trans-origin="tm" m:score="1.01"'}, State.TRANSLATED),
        ({"target": 'state="translated" state-qualifier="fuzzy-match"'}, State.TRANSLATED),
        ({"target": 'state="signed-off"'}, State.REVIEWED),
        ({"target": 'state="final"'}, State.FINAL),
        ({"unit": 'approved="yes"', "target": 'state="needs-translation"'}, State.REVIEWED),
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
        ('a <mrk mtype="x-sdl-feedback-deleted">b</mrk>c', "a c"),
        ('a<mrk mtype="x-sdl-location" mid="l"/>b', "ab"),
        (
            '\n  <mrk mtype="seg" mid="1">\n    <g id="1">a</g> b.</mrk>\n  '
            '<mrk mtype="seg" mid="2">c\n  d</mrk>\n',
            "<1>a</1> b. c d",
        ),
        (  # ends that cross, beginnings that cross, and both: all stand side by side
            'a<bpt id="1"/><bpt id="2"/>b<ept id="1"/><ept id="2"/>c',
            "a<1><2>b</2></1>c",
        ),
        (
            '<bpt id="1"/><bpt id="2"/>a<ept id="1"/> b<ept id="2"/>',
            "<2><1>a</1> b</2>",
        ),
        (  # what really crosses stays as it is, and is refused
            '<bpt id="1"/>a<bpt id="2"/>b<ept id="1"/>c<ept id="2"/>',
            "<1>a<2>b</1>c</2>",
        ),
        ('<bpt id="1"/><ept id="1"/><bpt id="2"/><ept id="2"/>a', "<1></1><2></2>a"),
        (  # memoQ 12: an id and a rid of the same number are of two pairs, and ends cross
            '<bpt id="1" ctype="bold">{{}}</bpt><bpt id="2" rid="1">&lt;a&gt;</bpt>'
            '<bpt id="3" rid="2">&lt;b&gt;</bpt>a<ept id="1">{{}}</ept>'
            '<ept id="4" rid="2">&lt;/b&gt;</ept><ept id="5" rid="1">&lt;/a&gt;</ept>, b',
            "<1><2><3>a</3></2></1>, b",
        ),
        ('<bx id="3"/>a<ex id="4" rid="3"/>', "<3>a</3>"),
        (
            'a<ph id="1">&lt;mq:ch val="&amp;#9;" /&gt;</ph>b'
            '<ph id="2">&lt;mq:ch val="→"/&gt;</ph><ph id="3">&lt;mq:ch val="nbsp" /&gt;</ph>'
            '<ph id="4">&lt;mq:ch val="emsp" /&gt;</ph>',
            "a b→\u00a0<4/>",
        ),
    ],
)
def test_inline_codes_of_every_make(inline: str, notation: str) -> None:
    data = UNIT.replace("Раз.", inline).format(unit="", target="", more="")
    (record,) = xliff_read.read(data.encode(), "a.xlf").records
    assert codes.notation(record.target) == notation


STUDIO = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"
 xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"><file original="m" source-language="en"
 target-language="ru" datatype="x"><header><sdl:tag-defs>{tags}</sdl:tag-defs></header><body>
 <trans-unit id="a"><source>{source}</source><target>{target}</target></trans-unit>{more}
 </body></file></xliff>"""
LINK, BOLD, NOTE = 'g id="{}" ctype="link"', 'g id="{}" ctype="bold"', 'x id="{}" equiv-text="note"'


def studio(source: str, target: str, more: str = "", **tags: str) -> tuple[str, str]:
    """Return a sentence in our notation; ``tags`` are our elements, by Studio's ids."""
    defined = "".join(
        f'<sdl:tag id="{id}"><sdl:bpt name="t">&lt;{tag}&gt;</sdl:bpt></sdl:tag>'
        for id, tag in tags.items()
    )
    data = STUDIO.format(source=source, target=target, more=more, tags=defined)
    (record,) = xliff_read.read(data.encode(), "a.sdlxliff").records
    return codes.notation(record.source or ()), codes.notation(record.target)


def test_a_perfect_match_is_numbered_by_the_order_of_its_source() -> None:
    """The document that it was taken from had another code before these."""
    assert studio(
        'A <g id="9">b</g> <g id="10">c</g><x id="11"/>',
        'Ц <g id="pm2">в</g><x id="pm3"/> <g id="pm1">б</g>',
        **{"9": LINK.format(1), "10": LINK.format(2), "11": NOTE.format(3)},
        pm1=LINK.format(2),
        pm2=LINK.format(3),
        pm3=NOTE.format(4),
    ) == ("A <1>b</1> <2>c</2><3/>", "Ц <2>в</2><3/> <1>б</1>")


def test_of_codes_that_are_left_only_those_without_a_rival_are_matched() -> None:
    tags = {"9": LINK.format(1), "10": LINK.format(2), "11": NOTE.format(3), "12": BOLD.format(4)}
    source = '<g id="9">a</g> <g id="10">b</g><x id="11"/><g id="12">c</g>'
    assert studio(
        source, 'а <g id="pm1">б</g><x id="pm2"/>', **tags, pm1=LINK.format(1), pm2=NOTE.format(3)
    ) == ("<1>a</1> <2>b</2><3/><4>c</4>", "а <studio-pm1>б</studio-pm1><3/>")
    # where it does not matter which is which: bold is bold
    assert (
        studio(
            'a <g id="9">b</g> <g id="10">c</g><g id="11">d</g>',
            '<g id="pm2">б</g> <g id="pm1">в</g>',
            **{"9": BOLD.format(1), "10": BOLD.format(2), "11": LINK.format(3)},
            pm1=BOLD.format(8),
            pm2=BOLD.format(9),
        )[1]
        == "<1>б</1> <2>в</2>"
    )
    # a code of another look, or of no look that is known, is none of the sentence's
    assert studio('<g id="9">a</g>', '<g id="1">а</g>', **{"9": BOLD.format(1)})[1] == (
        "<studio-1>а</studio-1>"
    )


def test_a_merged_file_has_codes_of_its_own_in_each_document() -> None:
    one = STUDIO.format(
        tags='<sdl:tag id="5"><sdl:bpt>&lt;g id="1"&gt;</sdl:bpt></sdl:tag>',
        source='<g id="5">a</g>',
        target='<g id="5">б</g>',
        more="",
    )
    file = one[one.index("<file") : one.index("</xliff>")]
    both = one.replace(file, file + file.replace('id="1"', 'id="2"'))
    records = xliff_read.read(both.encode(), "a.sdlxliff").records
    assert [codes.notation(record.target) for record in records] == ["<1>б</1>", "<2>б</2>"]


def test_locked_content_is_read_where_it_stands() -> None:
    """Its number differs in source and target; a unit that holds it is no sentence."""
    locked = "".join(
        f'<trans-unit id="lockTU_{name}" translate="no"><source>{content}</source></trans-unit>'
        for name, content in (
            ("1", '<g id="9">b</g>'),
            ("2", '<g id="9">b</g>'),
            ("3", '<x xid="lockTU_3"/>'),
        )
    )
    assert studio(
        'a <x id="locked1" xid="lockTU_1"/>',
        '<x id="locked2" xid="lockTU_2"/> а<x id="locked3" xid="lockTU_3"/>'
        '<x id="locked4" xid="lockTU_2"/>',  # a second time: of no file that Studio wrote
        locked,
        **{"9": BOLD.format(1)},
    ) == ("a <1>b</1>", "<1>b</1> а<studio-/><studio-locked4/>")


HALVES = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="m"
 source-language="en" target-language="ru" datatype="x"><body><trans-unit id="a"><source>One: two.
 </source><seg-source><mrk mtype="seg" mid="1">One:</mrk> <mrk mtype="seg" mid="2">two.</mrk>
 <mrk mtype="seg" mid="3"><x id="1"/></mrk></seg-source><target>{}</target></trans-unit></body>
 </file></xliff>"""


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ('<mrk mtype="seg" mid="1">Раз:</mrk><mrk mtype="seg" mid="2">два.</mrk>', True),
        ('<mrk mtype="seg" mid="1">Раз:</mrk> <mrk mtype="seg" mid="2"/>', False),
        ('<mrk mtype="seg" mid="2">Два.</mrk>', False),
        ("Раз: два.", True),
    ],
)
def test_half_a_sentence_is_no_translation(target: str, taken: bool) -> None:
    returned = xliff_read.read(HALVES.format(target).encode(), "a.sdlxliff")
    assert bool(returned.records[0].target) is taken
    assert [one.code for one in returned.diagnostics] == ([] if taken else ["unconfirmed"])
    assert taken or "no words yet for a part" in returned.diagnostics[0].message


def test_codes_that_wait_for_their_words_are_no_translation() -> None:
    """Studio puts the codes around a sentence into the target before anybody has translated it."""
    empty = '<g id="1"><mrk mtype="seg" mid="1"/></g>'
    data = UNIT.replace("One.", '<g id="1">One.</g>').replace("Раз.", empty)
    returned = xliff_read.read(data.format(unit="", target="", more="").encode(), "a.sdlxliff")
    assert [(r.target, r.state) for r in returned.records] == [((), State.TRANSLATED)]
    assert returned.diagnostics == ()


def test_phrase_marks_a_pair_with_one_number_or_two() -> None:
    marks = (
        "&lt;bpt&gt;&amp;lt;i&amp;gt;&lt;/bpt&gt;",
        '&lt;g id="7"&gt;',
        "&lt;/g&gt;",
        "&lt;ept&gt;&amp;lt;/i&amp;gt;&lt;/ept&gt;",
        "&lt;ph&gt;x&lt;/ph&gt;",
    )
    told = "".join(
        f'<m:mark id="{number}"><m:content>{content}</m:content></m:mark>'
        for number, content in enumerate(marks, start=1)
    )
    data = UNIT.format(unit="", target="", more=f"<m:tunit-metadata>{told}</m:tunit-metadata>")
    data = data.replace("Раз.", "{2}а{3} {1}б{4}{5} {1&gt;в&lt;1}")
    (record,) = xliff_read.read(data.encode(), "a.mxliff").records
    assert codes.notation(record.target) == "<7>а</7> <1>б</1><5/> <1>в</1>"


def test_braces_that_no_mark_stands_for_are_text() -> None:
    mark = (
        '<m:tunit-metadata><m:mark id="1"><m:content>&lt;x id="7"/&gt;</m:content></m:mark>'
        "</m:tunit-metadata>"
    )
    data = UNIT.format(unit="", target="", more=mark)
    data = data.replace("Раз.", "{1} {2} {approx} {3&gt;b&lt;3}")
    (record,) = xliff_read.read(data.encode(), "a.mxliff").records
    assert record.target == (codes.Tag("7", codes.Kind.POINT), " {2} {approx} {3>b<3}")


def test_ids_of_a_tools_own_are_no_wrong_ids(every: Publication) -> None:
    """A tool may keep our digest and yet number the sentences."""
    source = extract(every)
    data = xliff2.write(job(source)).decode()
    for number, (_, segment) in enumerate(source.segments()):
        data = data.replace(f'<segment id="{segment.id}"', f'<segment id="x{number}"')
    home = bring_home([("a.xlf", data.encode())], source)
    assert len(home.targets) == sum(1 for _ in source.segments())
    assert "wrong-id" not in {finding.check for finding in home.findings}
