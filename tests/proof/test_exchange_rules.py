"""Each rule of the exchange standards: what it must refuse, for its reason, and what it must pass.

The examples are written for these tests. OASIS's own suite is not ours to carry; CONTRIBUTING.md
says where it is.
"""

from __future__ import annotations

import pytest
from faircopy.core import process
from faircopy.proof.judges import exchange

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_TC = "urn:oasis:names:tc:xliff"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_TC}:{name}:2.0"'
    for prefix, name in (
        *(("mtc", "matches"), ("gls", "glossary"), ("fs", "fs"), ("mda", "metadata")),
        *(("res", "resourcedata"), ("slr", "sizerestriction"), ("val", "validation")),
        ("ctr", "changetracking"),
    )
)
_NO = 'canCopy="no" canDelete="no"'
_FIRST, _NEXT = f'canReorder="firstNo" {_NO}', f'canReorder="no" {_NO}'


def _document(file: str, head: str = "", version: str = "2.1", space: str = _CORE) -> bytes:
    return (
        f'<xliff xmlns="{space}" {_SPACES} xmlns:my="urn:mine" version="{version}"'
        f' srcLang="en" trgLang="fr" {head}><file id="f1">{file}</file></xliff>'
    ).encode()


def _unit(inside: str) -> bytes:
    return _document(f'<unit id="u1">{inside}</unit>')


def _source(inside: str, before: str = "", target: str = "") -> bytes:
    target = f"<target>{target}</target>" if target else ""
    return _unit(f'{before}<segment id="s1"><source>{inside}</source>{target}</segment>')


_SEGMENT = "<segment><source>a</source></segment>"
_DATA = '<originalData><data id="d1">b</data></originalData>'
_NOTES = '<notes><note id="n1">a</note></notes>'
_PROFILE = '<slr:profiles generalProfile="xliff:codepoints" storageProfile="xliff:utf8"/>'


def _parts(*pairs: str) -> bytes:
    """A unit of segments, each ``source|target``, or ``source|order|target``."""
    out = ""
    for pair in pairs:
        source, *rest = pair.split("|")
        order = f' order="{rest[0]}"' if len(rest) > 1 else ""
        target = f"<target{order}>{rest[-1]}</target>" if rest else ""
        out += f"<segment><source>{source}</source>{target}</segment>"
    return _unit(out)


def _module(inside: str, attributes: str = "", head: str = "") -> bytes:
    return _document(f'{head}<unit id="u1" {attributes}>{inside}{_SEGMENT}</unit>')


PASSED = {
    "a pair in two segments": _parts('<sc id="1"/>a', 'b<ec startRef="1"/>'),
    "isolated ends": _source('<sc id="1" isolated="yes"/>a<ec id="2" isolated="yes"/>'),
    "a copy": _source('<ph id="1"/><ph id="2" copyOf="1"/>'),
    "a sequence": _source(f'<ph id="1" {_FIRST}/><ph id="2" {_NEXT}/><ph id="3"/>'),
    "a sequence moved whole": _source(
        f'<pc id="1" {_FIRST}>a<ph id="2" {_NEXT}/></pc><ph id="3"/>',
        target=f'<ph id="3"/><pc id="1" {_FIRST}><ph id="2" {_NEXT}/></pc>',
    ),
    "a sequence of a pair": _source(
        f'<sc id="1" {_FIRST}/>a<ph id="3" {_NEXT}/><ec startRef="1" {_NEXT}/>'
    ),
    "a code moved to the next segment": _parts(
        f'<ph id="1" {_NO}/>a|b', f'c|d<ph id="1" {_NO}/>'
    ),
    "a pair that becomes two": _source(
        f'<pc id="1" {_NO}>a</pc>', target=f'<sc id="1" {_NO}/>b<ec startRef="1" {_NO}/>'
    ),
    "places": _parts("a|3|x", "b", "c|1|y"),
    "a comment and its note": _source('<mrk id="m1" type="comment" ref="#n=n1">a</mrk>', _NOTES),
    "a comment by the whole way": _source(
        '<mrk id="m1" type="comment" ref="#/f=f1/u=u1/n=n1">a</mrk>', _NOTES
    ),
    "references of many kinds": _source(
        '<mrk id="m1" type="term" ref="https://example.org/#a/b">a</mrk>'
        '<mrk id="m2" type="my:x" ref="#f=f1/u=u1/gls=g1">b</mrk>'
    ),
    "a mark around two segments": _parts('<sm id="m1" translate="no"/>a', '<em startRef="m1"/>'),
    "a control character": _source('<cp hex="001B"/>'),
    "a language below the document's": _unit(
        '<segment><source xml:lang="en-GB">a</source></segment>'
    ),
    "notes of one id in two places": _document(f"{_NOTES}<unit id='u1'>{_NOTES}{_SEGMENT}</unit>"),
    "extensions": _document(
        f'<my:a id="x"/><unit id="u1" my:b="c"><my:a id="x"/>{_SEGMENT}</unit>', 'my:b="c"'
    ),
    "a skeleton elsewhere": _document(f'<skeleton href="a.skl"/><unit id="u1">{_SEGMENT}</unit>'),
    "a candidate": _source(
        "a", '<mtc:matches><mtc:match ref="#s1"><source>a</source><target>b</target></mtc:match>'
        "</mtc:matches>"
    ),
    "metadata": _module(
        '<mda:metadata><mda:metaGroup><mda:meta type="t">a</mda:meta></mda:metaGroup>'
        "</mda:metadata>"
    ),
    "sizes": _module("", 'slr:sizeRestriction="2,*" slr:storageRestriction="9"', _PROFILE),
    "sizes of another profile": _module(
        "", 'slr:sizeRestriction="{1,2}"', '<slr:profiles generalProfile="my:boxes"/>'
    ),
    "validation": _module('<val:validation><val:rule isPresent="a" occurs="2"/></val:validation>'),
    "2.0": _document(f'<unit id="u1">{_SEGMENT}</unit>', version="2.0"),
    "2.2": _document(
        f'<unit id="u1">{_SEGMENT}</unit>', version="2.2", space=f"{_TC}:document:2.2"
    ),
}  # fmt: skip

REFUSED: tuple[tuple[str, str, bytes], ...] = (
    ("pair", "ends 0 times", _source('<sc id="1"/>a')),
    ("pair", "ends 2 times", _source('<sc id="1"/>a<ec startRef="1"/><ec startRef="1"/>')),
    ("pair", "no code “1” begins", _source('<ec startRef="1"/>a<sc id="1"/>')),
    ("pair", "is isolated, but ends", _source('<sc id="1" isolated="yes"/><ec startRef="1"/>')),
    ("pair", "an id, and no startRef", _source('<sc id="1"/><ec startRef="1" isolated="yes"/>')),
    ("pair", "a startRef, and no id", _source('<ec id="1"/>')),
    ("pair", "dir only when", _source('<sc id="1"/><ec startRef="1" dir="ltr"/>')),
    ("pair", "canDelete", _source('<sc id="1" canDelete="no"/><ec startRef="1"/>')),
    ("pair", "canOverlap", _source('<sc id="1"/><ec startRef="1" canOverlap="no"/>')),
    (
        "pair",
        "must be “no”",
        _source(f'<sc id="1" {_FIRST}/><ec startRef="1" canReorder="yes" {_NO}/>'),
    ),
    ("pair", "mark “m1” does not end", _source('<sm id="m1" translate="no"/>a')),
    ("pair", "no mark “m1” begins", _source('<em startRef="m1"/>')),
    ("pair", "dataRefStart", _source('<pc id="1" dataRefStart="d1">a</pc>', _DATA)),
    ("pair", "equivStart", _source('<pc id="1" equivEnd="a">a</pc>')),
    (
        "pair",
        "subFlowsStart",
        _document(
            f'<unit id="u1"><segment><source><pc id="1" subFlowsStart="u2">a</pc></source>'
            f'</segment></unit><unit id="u2">{_SEGMENT}</unit>'
        ),
    ),
    ("copy", "which is no code", _source('<ph id="1" copyOf="9"/>')),
    ("copy", "may not be copied", _source('<ph id="1" canCopy="no"/><ph id="2" copyOf="1"/>')),
    ("copy", "original data", _source('<ph id="1" dataRef="d1"/><ph id="2" copyOf="1"/>', _DATA)),
    ("reorder", "needs canCopy", _source('<ph id="1" canReorder="firstNo"/>')),
    ("reorder", "follows none", _source(f'<ph id="1"/><ph id="2" {_NEXT}/>')),
    (
        "reorder",
        "not in the order",
        _source(
            f'<ph id="1" {_FIRST}/><ph id="2" {_NEXT}/><ph id="3" {_NEXT}/>',
            target=f'<ph id="1" {_FIRST}/><ph id="3" {_NEXT}/><ph id="2" {_NEXT}/>',
        ),
    ),
    (
        "reorder",
        "not in the order",
        _source(
            f'<pc id="1" {_FIRST}>a<ph id="2" {_NEXT}/></pc>',
            target=f'<pc id="1" {_FIRST}>a</pc><ph id="2" {_NEXT}/>',
        ),
    ),
    ("code", "not in the translation", _source(f'<ph id="1" {_NO}/>', target="a")),
    ("code", "not in the translation", _unit(
        f'<segment><source><ph id="1" {_NO}/></source><target/></segment>'
    )),
    ("id", "twice in the translation", _source('<ph id="1"/>', target='<ph id="1"/><ph id="1"/>')),
    ("id", "another kind", _source('<ph id="1"/>', target='<pc id="1">a</pc>')),
    ("id", "another kind", _source("a", target='<ph id="s1"/>')),
    ("id", "twice among segments", _source('<ph id="1"/><ph id="1"/>')),
    ("id", "twice among notes", _source(
        "a", '<notes><note id="n1">a</note><note id="n1">b</note></notes>'
    )),
    ("id", "twice among extensions", _source("a", '<my:a id="x"/><my:b xml:id="x"/>')),
    ("reference", "dataRef leads", _source('<ph id="1" dataRef="d9"/>', _DATA)),
    ("reference", "subFlows leads", _source('<ph id="1" subFlows="u9"/>')),
    ("type", "without a type", _source('<ph id="1" subType="my:a"/>')),
    ("type", "no subType “xlf:b”", _source('<ph id="1" type="ui" subType="xlf:b"/>')),
    ("character", "U+00E9", _source('<cp hex="00E9"/>')),
    ("extension", "attributes of others", _source('<ph id="1" my:a="b"/>')),
    ("extension", "of another form", _unit(
        '<segment my:a="b"><source>a</source></segment>'
    )),
    ("extension", "behind the text", _unit(f"{_SEGMENT}<my:a/>")),
    ("language", "srcLang", _unit('<segment><source xml:lang="de">a</source></segment>')),
    ("language", "trgLang", _document(
        "<unit id='u1' xml:lang='en'><segment><source>a</source><target>b</target></segment></unit>"
    )),
    ("value", "srcLang", b'<xliff xmlns="%s" version="2.1" srcLang="e"/>' % _CORE.encode()),
    ("space", "not alike", _unit(
        '<segment><source xml:space="preserve">a</source><target>b</target></segment>'
    )),
    ("order", "the place 2", _parts("a|2|x", "b|y")),
    ("order", "larger", _parts("a|3|x", "b|y")),
    ("state", "has no target", _unit('<segment state="final"><source>a</source></segment>')),
    ("state", "without a state", _unit('<segment subState="m:a"><source>a</source></segment>')),
    ("mark", "neither its type", _source('<mrk id="m1">a</mrk>')),
    ("mark", "either a value or a ref", _source('<mrk id="m1" type="comment">a</mrk>')),
    ("mark", "either a value or a ref", _source(
        '<mrk id="m1" type="comment" value="b" ref="#n=n1">a</mrk>', _NOTES
    )),
    ("mark", "no note of its", _source('<mrk id="m1" type="comment" ref="#n1">a</mrk>', _NOTES)),
    ("mark", "no note of its unit", _source(
        '<mrk id="m1" type="comment" ref="#f=f1/n=n1">a</mrk>', _NOTES
    )),
    ("mark", "has no ref", _source('<mrk id="m1" type="mtc:match" ref="#s1">a</mrk>')),
    *(
        ("reference", reason, _source(f'<mrk id="m1" type="my:x" ref="{ref}">a</mrk>'))
        for ref, reason in (
            ("#u=u1/f=f1/n=a", "from file to group"),
            ("#/f=f1/f=f2", "two selectors"),
            ("#a/b", "two selectors"),
            ("#f=f1/d=a/u=u1", "behind its end"),
            ("#z=a", "“z”"),
            ("#r$d=a", "“r$d”"),
            ("#zzz=a", "“zzz”"),
            ("#n=", "not written"),
        )
    ),
    ("skeleton", "either a href", _document(f"<skeleton/><unit id='u1'>{_SEGMENT}</unit>")),
    ("skeleton", "either a href", _document(
        f"<skeleton href='a'>b</skeleton><unit id='u1'>{_SEGMENT}</unit>"
    )),
    ("attribute", "no Bad", _module("", 'fs:Bad="p"')),
    ("value", "fs may not be", _module("", 'fs:fs="paragraph"')),
    ("attribute", "subFs needs fs", _module("", 'fs:subFs="a,b"')),
    ("attribute", "only when isolated", _source('<sc id="1"/><ec startRef="1" fs:fs="b"/>')),
    ("element", "no element <rules>", _module("<val:rules/>")),
    ("validation", "just one thing", _module("<val:validation><val:rule/></val:validation>")),
    ("validation", "just one thing", _module(
        '<val:validation><val:rule isPresent="a" endsWith="b"/></val:validation>'
    )),
    ("validation", "occurs is for", _module(
        '<val:validation><val:rule endsWith="a" occurs="2"/></val:validation>'
    )),
    ("validation", "existsInSource", _module(
        '<val:validation><val:rule isNotPresent="a" existsInSource="yes"/></val:validation>'
    )),
    ("value", "occurs", _module(
        '<val:validation><val:rule isPresent="a" occurs="0"/></val:validation>'
    )),
    ("size", "may not be “ninety”", _module("", 'slr:sizeRestriction="ninety"', _PROFILE)),
    ("size", "may not be “2.5”", _module("", 'slr:storageRestriction="2.5"', _PROFILE)),
    ("size", "only when isolated", _source('<sc id="1"/><ec startRef="1" slr:sizeInfo="1"/>')),
    ("size", "not come together", _source('<ph id="1" slr:sizeInfo="1" slr:sizeInfoRef="a"/>')),
    ("size", "leads to no data", _module("", 'slr:sizeInfoRef="a"')),
    ("attribute", "may not have slr:equivStorage", _module("", 'slr:equivStorage="1"')),
    ("attribute", "may not have slr:colour", _module("", 'slr:colour="1"')),
    ("reference", "no text of its unit", _source(
        "a", '<mtc:matches><mtc:match ref="#s9"><source>a</source><target>b</target></mtc:match>'
        "</mtc:matches>"
    )),
    ("reference", "no text of its unit", _source(
        "a", '<mtc:matches><mtc:match ref="s1"><source>a</source><target>b</target></mtc:match>'
        "</mtc:matches>"
    )),
    ("type", "no xml:lang", _source(
        "a", '<mtc:matches><mtc:match ref="#s1" xml:lang="fr"><source>a</source><target>b</target>'
        "</mtc:match></mtc:matches>"
    )),
    ("children", "neither translation nor definition", _module(
        "<gls:glossary><gls:glossEntry><gls:term>a</gls:term></gls:glossEntry></gls:glossary>"
    )),
    ("attribute", "lacks type", _module(
        "<mda:metadata><mda:metaGroup><mda:meta>a</mda:meta></mda:metaGroup></mda:metadata>"
    )),
    ("resource", "empty or without href", _module(
        '<res:resourceData><res:resourceItem mimeType="a/b"><res:source/></res:resourceItem>'
        "</res:resourceData>"
    )),
    ("change", "which note", _source(
        "a", '<ctr:changeTrack><ctr:revisions appliesTo="note" ref="n9"/></ctr:changeTrack>'
    )),
    ("change", "tells of “priority”", _source(
        "a", '<ctr:changeTrack><ctr:revisions appliesTo="note" ref="n1"><ctr:revision>'
        '<ctr:item property="priority">1</ctr:item></ctr:revision></ctr:revisions>'
        "</ctr:changeTrack>" + _NOTES
    )),
    ("value", "version", _document(f"<unit id='u1'>{_SEGMENT}</unit>", version="2.2")),
    ("extension", "beside files", _document(
        f"<unit id='u1'>{_SEGMENT}</unit>", version="2.2", space=f"{_TC}:document:2.2"
    ).replace(b'<file id="f1">', b'<my:a/><file id="f1">')),
)  # fmt: skip
"""The rule, words of its reason, and a document."""


def _found(data: bytes, name: str = "a.xlf") -> list[tuple[str, str]]:
    return [
        (one.code.removeprefix("exchange-"), one.message) for one in exchange.standing(data, name)
    ]


@pytest.mark.parametrize("name", PASSED)
def test_what_xliff_2_allows_is_passed(name: str) -> None:
    assert _found(PASSED[name]) == []


@pytest.mark.parametrize(("rule", "reason", "data"), REFUSED)
def test_what_xliff_2_forbids_is_refused_for_its_reason(
    rule: str, reason: str, data: bytes
) -> None:
    assert any(code == rule and reason in said for code, said in _found(data)), _found(data)


_TWELVE = "urn:oasis:names:tc:xliff:document:1.2"


def _twelve(unit: str, header: str = "", file: str = "") -> bytes:
    return (
        f'<xliff xmlns="{_TWELVE}" xmlns:my="urn:mine" version="1.2"><file original="a.txt"'
        f' source-language="en" datatype="plaintext" {file}>{header}<body>{unit}</body>'
        "</file></xliff>"
    ).encode()


_WORDS = "<source>a</source><target>b</target>"


@pytest.mark.parametrize(
    "data",
    [
        _twelve(f'<trans-unit id="1">{_WORDS}</trans-unit>'),
        _twelve(
            f'<trans-unit id="1" help-id="7" coord="1;2;#;-4" my:a="b">{_WORDS}'
            '<alt-trans match-quality="80%" tool-id="t"><source>a</source><target>c</target>'
            "</alt-trans><my:more/></trans-unit>",
            '<header><skl><external-file href="a.skl"/></skl><tool tool-id="t" tool-name="T"/>'
            "<my:any/></header>",
        ),
        _twelve(
            '<group id="g"><trans-unit id="1"><source>a b</source><seg-source>'
            '<mrk mtype="seg" mid="1">a</mrk> <mrk mtype="seg" mid="2">b</mrk></seg-source>'
            '<target><mrk mtype="seg" mid="2">b</mrk></target></trans-unit></group>'
        ),
        _twelve(
            '<trans-unit id="1"><source><bpt id="1" rid="1">&lt;b&gt;</bpt>a<ept id="2" rid="1">'
            "&lt;/b&gt;</ept></source></trans-unit><bin-unit id='2' mime-type='image/png'>"
            "<bin-source><internal-file form='base64'>AA</internal-file></bin-source></bin-unit>"
        ),
    ],
)
def test_what_xliff_12_allows_is_passed(data: bytes) -> None:
    assert _found(data) == []


@pytest.mark.parametrize(
    ("rule", "reason", "data"),
    [
        ("value", "datatype", _twelve("").replace(b"plaintext", b"")),
        ("value", "date", _twelve("", file='date="yesterday"')),
        ("attribute", "lacks id", _twelve(f"<trans-unit>{_WORDS}</trans-unit>")),
        ("value", "state", _twelve(
            '<trans-unit id="1"><source>a</source><target state="done">b</target></trans-unit>'
        )),
        ("value", "mtype", _twelve(
            '<trans-unit id="1"><source><mrk mtype="verb">a</mrk></source></trans-unit>'
        )),
        ("extension", "of another form", _twelve(
            '<trans-unit id="1"><source><g id="1" my:a="b">a</g></source></trans-unit>'
        )),
        ("id", "twice among sentences", _twelve(f'<trans-unit id="1">{_WORDS}</trans-unit>' * 2)),
        ("id", "twice among segments", _twelve(
            '<trans-unit id="1"><source>a</source><seg-source><mrk mtype="seg" mid="1">a</mrk>'
            '<mrk mtype="seg" mid="1">b</mrk></seg-source></trans-unit>'
        )),
        ("reference", "segment “9”", _twelve(
            '<trans-unit id="1"><source>a</source><seg-source><mrk mtype="seg" mid="1">a</mrk>'
            '</seg-source><target><mrk mtype="seg" mid="9">b</mrk></target></trans-unit>'
        )),
        ("reference", "no phase “p”", _twelve(
            '<trans-unit id="1"><source>a</source><target phase-name="p">b</target></trans-unit>'
        )),
        ("reference", "no tool “t”", _twelve("", file='tool-id="t"')),
        ("pair", "does not begin", _twelve(
            '<trans-unit id="1"><source>a<ex id="2" rid="1"/></source></trans-unit>'
        )),
        ("children", "<header> may not hold", _twelve(
            "", "<header><note>a</note><skl><external-file href='a'/></skl></header>"
        )),
    ],
)  # fmt: skip
def test_what_xliff_12_forbids_is_refused_for_its_reason(
    rule: str, reason: str, data: bytes
) -> None:
    assert any(code == rule and reason in said for code, said in _found(data)), _found(data)


_HEAD = r'msgid ""' + "\n" + r'msgstr "Content-Type: text/plain; charset=UTF-8\n"' + "\n"
_FORMS = _HEAD[:-2] + '"\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'


PO_PASSED = (
    _HEAD + '\nmsgid "a"\nmsgstr "b"\n',
    _HEAD + '\n#: x.c:1\n#, fuzzy\n#| msgid "c"\nmsgctxt "1"\nmsgid "a"\nmsgstr ""\n"b"\n',
    _HEAD + '\nmsgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n',
    _HEAD + '\nmsgctxt "1"\nmsgid "a"\nmsgstr ""\nmsgctxt "2"\nmsgid "a"\nmsgstr ""\n',
    _FORMS + '\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n',
    _HEAD.replace("UTF-8", "CHARSET") + '\nmsgid "a\\n"\nmsgstr ""\n',
)


@pytest.mark.parametrize("text", PO_PASSED)
def test_what_po_allows_is_passed(text: str) -> None:
    assert _found(text.encode(), "a.po") == []


PO_REFUSED = (
        ("line", "no line", _HEAD + '\nmsgid "a\nmsgstr "b"\n'),
        ("line", "no line", _HEAD + '\nmsgid "a\\q"\nmsgstr "b"\n'),
        ("order", "before its msgid", _HEAD + '\nmsgctxt "1"\nmsgstr "b"\nmsgid "a"\n'),
        ("order", "no msgstr", _HEAD + '\nmsgid "a"\n'),
        ("order", "twice in an entry", _HEAD + '\nmsgid "a"\nmsgstr "b"\nmsgstr "c"\n'),
        ("id", "there twice", _HEAD + '\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'),
        ("header", "begin with a header", 'msgid "a"\nmsgstr "b"\n'),
        ("header", "Content-Type", 'msgid ""\nmsgstr "Language: de\\n"\n'),
        ("header", "not filled in", _HEAD.replace("UTF-8", "CHARSET") + 'msgid "a"\nmsgstr "b"\n'),
        ("encoding", "byte order mark", "\ufeff" + _HEAD),
        ("encoding", "not in US-ASCII", _HEAD.replace("UTF-8", "US-ASCII") + '# é\n'),
        ("encoding", "not in NO-SUCH", _HEAD.replace("UTF-8", "NO-SUCH")),
        ("plural", "goes with", _HEAD + '\nmsgid "a"\nmsgid_plural "as"\nmsgstr "b"\n'),
        ("plural", "from 0 on", _FORMS + 'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n'),
        ("plural", "2 forms, here are 1", _FORMS + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'),
        ("newline", "end with a new line", _HEAD + '\nmsgid "a\\n"\nmsgstr "b"\n'),
)  # fmt: skip
WARNED = ("Content-Type", "not filled in", "not in US-ASCII", "not in NO-SUCH")
"""Of which gettext only warns."""


@pytest.mark.parametrize(("rule", "reason", "text"), PO_REFUSED)
def test_what_po_forbids_is_refused_for_its_reason(rule: str, reason: str, text: str) -> None:
    found = _found(text.encode(), "a.po")
    assert any(code == rule and reason in said for code, said in found), found


@pytest.mark.slow
@pytest.mark.needs("msgfmt")
def test_gettext_agrees_with_our_rules_for_po() -> None:
    command = ["msgfmt", "--check-format", "--check-header", "-o", "/dev/null", "-"]
    for text in PO_PASSED:
        process.run(command, timeout=30, input=text.encode())
    for _, reason, text in PO_REFUSED:
        done = process.run(command, timeout=30, input=text.encode(), check=False)
        assert (done.code == 0) is (reason in WARNED), (reason, done.stderr)


def test_rules_of_the_house_are_no_rules_of_the_standard() -> None:
    """What OmegaT writes: a memory of which the language is ``en``, the texts ``EN-US``."""
    memory = (
        b'<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"'
        b' o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body><tu>'
        b'<tuv xml:lang="EN-US"><seg>a</seg></tuv></tu></body></tmx>'
    )
    assert _found(memory, "a.tmx") == []
    assert [one.code for one in exchange.findings(memory, "a.tmx")] == ["exchange-source"]


def test_a_file_says_by_its_content_what_it_is() -> None:
    assert _found(PASSED["2.0"], "a.txt") == []
    assert _found(PASSED["2.0"].decode().encode("utf-16"), "a") == []
    assert _found((_HEAD + '\nmsgid "a"\nmsgstr "b"\n').encode(), "a") == []
    assert [code for code, _ in _found(b"<html/>")] == ["form"]
    assert [code for code, _ in _found(b"")] == ["xml"]
    assert [code for code, _ in _found(b"PK\x03\x04")] == ["xml"]


def test_a_fault_has_its_line_and_the_line_of_what_is_not_well_formed() -> None:
    data = PASSED["2.0"].replace(b"<segment>", b"\n\n<segment state='final'>")
    (found,) = exchange.standing(data, "a.xlf")
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("a.xlf", 3)
    (broken,) = exchange.standing(b"<xliff>\n<file>\n</xliff>", "a.xlf")
    assert broken.place is not None
    assert broken.place.line == 3
