"""What editors, word processors and tools do to a file, taken as it was meant or told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core.diagnostics import Diagnostic, Place
from faircopy.core.model import Publication
from faircopy.translation import codes, docx_table, plausible, po, text, xliff2, xliff12
from faircopy.translation.findings import Waiver
from faircopy.translation.forms import ImportRefused
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.job import Job, Target
from faircopy.translation.segments import SourceText, extract

from tests.translation.test_home import job, translated


@pytest.fixture(scope="module")
def source(manuscript: Callable[[str], Publication]) -> SourceText:
    return extract(manuscript("speaker-turns"))


def refusal(name: str, data: bytes, source: SourceText, **rules: object) -> list[Diagnostic]:
    with pytest.raises(ImportRefused) as caught:
        bring_home([(name, data)], source, Rules(**rules))  # type: ignore[arg-type]
    return [one for one in caught.value.diagnostics if one.severity == "error"]


# --- segments.txt --------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["＝ ", "  = ", "\u3000＝", "=", "\t= ", "﹦ "])
def test_other_signs_of_equality_are_read(mark: str, source: SourceText) -> None:
    data = text.write_txt(job(source)).decode().replace("\n= ", f"\n{mark}")
    home = bring_home([("segments.txt", data.encode())], source)
    assert dict(home.targets) == dict(job(source).targets)
    assert home.findings == ()


def test_without_signs_of_equality_the_line_below_is_read_and_told(source: SourceText) -> None:
    data = text.write_txt(job(source)).decode().replace("\n= ", "\n")
    home = bring_home([("segments.txt", data.encode())], source)
    assert dict(home.targets) == dict(job(source).targets)
    (told,) = home.findings
    assert told.check == "txt-mark"
    assert told.place is not None
    line = data.split("\n")[told.place.line - 1]
    assert line == codes.notation(next(iter(job(source).targets.values())).content)


def test_a_source_that_was_wrapped_is_still_the_source(source: SourceText) -> None:
    lines = text.write_txt(job(source)).decode().split("\n")
    at, long = next((at, x) for at, x in enumerate(lines) if x.startswith("[") and len(x) > 90)
    start, _, end = long.rpartition(" ")
    lines[at] = f"{start}\n{end}"
    home = bring_home([("segments.txt", "\n".join(lines).encode())], source)
    assert dict(home.targets) == dict(job(source).targets)
    assert home.findings == ()


# --- the source column ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "corrected",
    [
        {"’": "'", "‘": "'", "“": '"', "”": '"'},
        {"—": "-", "–": "--"},
        {"…": "..."},
        {"?": " ?", "!": "\u202f!", ";": "\u00a0;"},
        {",": ","},
    ],
)
def test_typography_corrected_in_the_source_refuses_nothing(
    corrected: dict[str, str], every: Publication
) -> None:
    whole = extract(every)
    lines = text.write_txt(job(whole)).decode().split("\n")
    for at, line in enumerate(lines):
        for old, new in corrected.items() if line.startswith("[") else ():
            lines[at] = lines[at].replace(old, new)
    home = bring_home([("segments.txt", "\n".join(lines).encode())], whole)
    assert len(home.targets) == len(job(whole).targets)
    assert not {"outdated", "source-edited"} & {one.check for one in home.findings}


def test_a_number_that_a_spreadsheet_read_is_the_sentence(every: Publication) -> None:
    whole = extract(every)
    data = text.write_tsv(job(whole)).decode()
    assert "\t2011.\t" in data
    home = bring_home([("a.tsv", data.replace("\t2011.\t", "\t2011\t").encode())], whole)
    assert len(home.targets) == len(job(whole).targets)


def test_sentences_that_a_tool_joined_are_told_so(every: Publication) -> None:
    whole = extract(every)
    unit = next(unit for unit in whole.units() if len(unit.segments) > 2)
    first, second = unit.segments[:2]
    both = codes.join((*first.content, " ", *second.content))
    one = {second.id: "", first.id: codes.notation(both)}
    lines = text.write_txt(job(whole)).decode().split("\n")
    out: list[str] = []
    for line in lines:
        id = line[1:].partition("]")[0] if line.startswith("[") else ""
        out.append(f"[{id}] {one[id]}" if one.get(id) else "[gone.s1] " if id in one else line)
    data = "\n".join(out).encode()
    home = bring_home([("segments.txt", data)], whole)  # the words of both, and the codes of one
    told = [one for one in home.findings if one.check == "joined"]
    assert [item.segment for item in told] == [first.id]
    assert "not taken" in told[0].message
    assert not {first.id, second.id} & home.targets.keys()

    # The tool left the second its place, with nothing in it.
    data = data.replace(b"[gone.s1] ", f"[{second.id}] {codes.notation(second.content)}".encode())
    lines = data.decode().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"[{second.id}]"))
    lines[at + 1] = "= "
    home = bring_home([("segments.txt", "\n".join(lines).encode())], whole)
    told = [one for one in home.findings if one.check == "joined"]
    assert [item.segment for item in told] == [first.id]
    assert first.id in told[0].message
    assert second.id in told[0].message


# --- not a translation, or another ---------------------------------------------------------------


def copied(source: SourceText, lang: str) -> Job:
    targets = {s.id: Target(s.content) for _, s in source.segments()}
    return Job(text=source, lang=lang, targets=targets)


def test_a_file_that_was_never_translated_is_refused_once(source: SourceText) -> None:
    (told,) = refusal("a.txt", text.write_txt(copied(source, "de")), source)
    assert told.code == "translation-untranslated"
    assert "[[waiver]]" in told.remedy
    assert 'segment = "*"' in told.remedy


def test_a_text_of_another_script_is_refused_once(source: SourceText) -> None:
    (told,) = refusal("a.txt", text.write_txt(job(source, "de")), source)
    assert told.code == "translation-language"


def test_what_is_right_all_the_same_may_be_waived(source: SourceText) -> None:
    waivers = tuple(Waiver(name, "*", "a dictionary") for name in ("untranslated", "language"))
    for data in (text.write_txt(copied(source, "de")), text.write_txt(job(source, "de"))):
        home = bring_home([("a.txt", data)], source, Rules(waivers=lambda lang: waivers))
        assert home.targets


def test_a_copy_in_a_near_language_is_a_translation(source: SourceText) -> None:
    home = bring_home([("a.txt", text.write_txt(copied(source, "en-US")))], source)
    assert len(home.targets) == len(copied(source, "en-US").targets)


# --- a memory of many languages ------------------------------------------------------------------


def memory(source: SourceText, srclang: str = "en-GB") -> bytes:
    units = "".join(
        f'<tu><tuv xml:lang="en-GB"><seg>{codes.plain(s.content)}</seg></tuv>'
        f'<tuv xml:lang="fr"><seg>fr {s.id}</seg></tuv>'
        f'<tuv xml:lang="ru"><seg>{codes.plain(translated(s.content))}</seg></tuv></tu>'
        for _, s in source.segments()
        if not codes.tags(s.content) and "&" not in codes.plain(s.content)
    )
    head = f'<header srclang="{srclang}" o-tmf="x" segtype="sentence"/>'
    return f'<tmx version="1.4">{head}<body>{units}</body></tmx>'.encode()


@pytest.mark.parametrize("srclang", ["en-GB", "*all*", "en"])
def test_of_a_memory_of_many_languages_the_one_asked_for_is_taken(
    srclang: str, source: SourceText
) -> None:
    home = bring_home([("m.tmx", memory(source, srclang))], source, Rules(lang="ru"))
    assert home.lang == "ru"
    wanted = job(source).targets
    assert len(home.targets) > 10
    assert all(target.content == wanted[id].content for id, target in home.targets.items())


def test_which_one_has_to_be_said(source: SourceText) -> None:
    (told,) = refusal("m.tmx", memory(source), source)
    assert told.code == "translation-language"
    assert "--lang fr" in told.remedy


# --- what is written beside ----------------------------------------------------------------------


def said(name: str, data: bytes, source: SourceText) -> list[tuple[str, str, str]]:
    home = bring_home([(name, data)], source, Rules(lang="ru"))
    shown = [one for one in home.findings if one.check == "remark"]
    assert [one.segment for one in shown] == [one.segment for one in home.remarks]
    return [(one.segment, one.text, one.author) for one in home.remarks]


@pytest.mark.parametrize(
    "write",
    [text.write_tsv, docx_table.write, po.write, xliff2.write, xliff12.write],
)
def test_what_the_bundle_says_itself_is_no_remark(
    write: Callable[[Job], bytes], every: Publication
) -> None:
    whole = extract(every)
    assert said("a", write(job(whole)), whole) == []


def test_remarks_come_home_from_every_form(source: SourceText) -> None:
    done = job(source)
    first = next(segment.id for _, segment in source.segments())
    unit = first.rpartition(".")[0]
    asked = (first, "Which lock?", "")

    row = text.write_tsv(done).decode().split("\n")
    row[1] = f"{row[1][:-1]} Which lock?\t"
    assert said("a.tsv", "\n".join(row).encode(), source) == [asked]

    lines = po.write(done).decode().split("\n")
    at = lines.index(f'msgctxt "{first}"')
    lines[at:at] = ["# Which lock?"]
    assert said("a.po", "\n".join(lines).encode(), source) == [asked]

    note = f'<unit id="{unit}"'.encode()
    two = xliff2.write(done)
    start = two.index(b"<notes>", two.index(note)) + len(b"<notes>")
    two = two[:start] + b"<note>Which lock?</note>" + two[start:]
    assert said("a.xlf", two, source) == [asked]

    one = xliff12.write(done)
    start = one.index(b"<note ", one.index(b"<trans-unit"))
    one = one[:start] + b'<note from="Ann">Which lock?</note>' + one[start:]
    assert said("a.xlf", one, source) == [(first, "Which lock?", "Ann")]


# --- within a sentence ---------------------------------------------------------------------------


def test_a_code_around_nothing_is_an_error(every: Publication) -> None:
    whole = extract(every)
    done = text.write_txt(job(whole)).decode().split("\n")
    at = next(n for n, line in enumerate(done) if line.startswith("= ") and "<1>" in line)
    start, _, rest = done[at].partition("<1>")
    inside, _, end = rest.partition("</1>")
    done[at] = f"{start}{inside} <1></1>{end}"
    found = refusal("a.txt", "\n".join(done).encode(), whole)
    assert [one.code for one in found] == ["translation-codes"]
    assert "around nothing" in found[0].message


ENGLISH = (
    "The keeper of the lock writes down every morning how high the water stands at the old bridge."
)
GERMAN = (
    "Der Wärter der Schleuse schreibt jeden Morgen auf, wie hoch das Wasser an der Brücke steht."
)


@pytest.mark.parametrize(
    ("written", "lang", "refused"),
    [(ENGLISH, "de", True), (GERMAN, "de", False), (GERMAN, "fr", True), (GERMAN, "gsw", False)],
)
def test_long_sentences_tell_their_language(written: str, lang: str, refused: bool) -> None:
    place = Place("a.txt", 3)
    said = [plausible.Said(f"some words of the source, {n}", written, place) for n in range(5)]
    found = list(plausible.judged(said, "he", lang, ()))
    assert [one.check for one in found] == (["language"] if refused else [])


def test_few_or_short_sentences_tell_nothing() -> None:
    place = Place("a.txt", 3)
    few = [plausible.Said("some words of the source", ENGLISH, place)] * 3
    short = [plausible.Said("some words of the source", "The keeper writes.", place)] * 9
    assert not list(plausible.judged(few, "he", "de", ()))
    assert not list(plausible.judged(short, "he", "de", ()))
