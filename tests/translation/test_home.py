"""The return trip: what comes home, and how every kind of damage is told apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.model import Publication, Role
from faircopy.passes.units import unit
from faircopy.translation import (
    archive,
    codes,
    docx_table,
    kit,
    opendocument,
    po,
    text,
    xliff2,
    xlsx,
)
from faircopy.translation.findings import Waiver
from faircopy.translation.forms import ImportRefused
from faircopy.translation.home import Homecoming, Rules, bring_home
from faircopy.translation.job import Job, Manner, State, Target
from faircopy.translation.segments import SourceText, extract
from faircopy.translation.terms import Terms
from lxml import etree

Files = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def source(manuscript: Callable[[str], Publication]) -> SourceText:
    return extract(manuscript("speaker-turns"))


def translated(content: codes.Content) -> codes.Content:
    """A translation that keeps codes, numbers and marks: every small letter is another."""
    shift = str.maketrans("abcdefghijklmnopqrstuvwxyz", "бвгджзийклмнопрстуфхцчшщъы")
    return tuple(p.lower().translate(shift) if isinstance(p, str) else p for p in content)


def job(source: SourceText, lang: str = "ru") -> Job:
    return Job(
        text=source,
        lang=lang,
        targets={s.id: Target(translated(s.content)) for _, s in source.segments()},
    )


def refused(files: Files, source: SourceText, rules: Rules | None = None) -> list[str]:
    """The codes of the errors with which files are refused."""
    with pytest.raises(ImportRefused) as caught:
        bring_home(files, source, rules or Rules())
    return [d.code for d in caught.value.diagnostics if d.severity == "error"]


def found(home: Homecoming) -> set[tuple[str, str]]:
    return {(one.check, one.segment) for one in home.findings}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.xlf", xliff2.write),
        ("segments.txt", text.write_txt),
        ("segments.tsv", text.write_tsv),
        ("a.po", po.write),
        ("table.docx", docx_table.write),
        ("segments.xlsx", xlsx.write),
        ("segments.ods", opendocument.write),
    ],
)
def test_every_form_comes_home(
    name: str, write: Callable[[Job], bytes], source: SourceText
) -> None:
    home = bring_home([("anything", write(job(source)))], source, Rules(lang="ru"))
    assert home.lang == "ru"
    assert {id: target.content for id, target in home.targets.items()} == {
        id: target.content for id, target in job(source).targets.items()
    }
    assert home.findings == ()
    assert home.outdated == ()


def test_forms_may_be_mixed_and_partial(source: SourceText) -> None:
    all_targets = dict(job(source).targets)
    first = dict(list(all_targets.items())[:10])
    second = dict(list(all_targets.items())[8:20])
    files = [
        ("a.xlf", xliff2.write(Job(text=source, lang="ru", targets=first))),
        ("b.txt", text.write_txt(Job(text=source, lang="ru", targets=second))),
    ]
    home = bring_home(files, source)
    assert set(home.targets) == set(first) | set(second)


def test_the_whole_bundle_as_a_zip(every: Publication) -> None:
    source = extract(every)
    files = kit.files(Job(text=source, lang="ru"), every)
    files["segments.txt"] = text.write_txt(job(source))
    home = bring_home(
        [("back.zip", archive.write({f"x/{n}": d for n, d in files.items()}))], source
    )
    assert home.forms == ("segments.txt",)
    assert len(home.targets) == sum(1 for _ in source.segments())


def test_an_untouched_bundle_is_told(every: Publication) -> None:
    source = extract(every)
    data = kit.bundle(Job(text=source, lang="ru"), every)
    assert refused([("back.zip", data)], source) == ["nothing-translated"]


def damaged(source: SourceText, old: str, new: str) -> Files:
    data = text.write_txt(job(source)).decode()
    assert old in data
    return [("segments.txt", data.replace(old, new, 1).encode())]


def coded_segment(source: SourceText) -> tuple[str, codes.Content]:
    return next(
        (s.id, s.content)
        for _, s in source.segments()
        if any(t.kind is codes.Kind.OPEN for t in codes.tags(s.content))
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda target: target.replace("<1>", ""), "<1> is missing: "),
        (lambda target: target + "<7/>", "<7/> is not in the source"),
        (lambda target: target + "<1></1>", "<1> is there too often"),
        (
            lambda target: target.replace("<1>", "@").replace("</1>", "<1>").replace("@", "</1>"),
            "</1> does not close where it was opened",
        ),
    ],
    ids=["dropped", "invented", "doubled", "crossed"],
)
def test_damaged_codes(change: Callable[[str], str], message: str, source: SourceText) -> None:
    id, content = coded_segment(source)
    target = codes.notation(translated(content))
    files = damaged(source, f"= {target}\n", f"= {change(target)}\n")
    with pytest.raises(ImportRefused) as caught:
        bring_home(files, source)
    first = caught.value.diagnostics[0]
    assert first.code == "translation-codes"
    assert first.message.startswith(f"{id}: {message}")
    assert first.place
    assert first.place.file == "segments.txt"
    assert files[0][1].decode().split("\n")[first.place.line - 1].startswith(f"[{id}]")


def test_swapped_ids_are_put_right(source: SourceText) -> None:
    data = text.write_txt(job(source)).decode()
    ids = [s.id for _, s in source.segments()]
    a, b = ids[20], ids[25]
    swapped = data.replace(f"[{a}]", "[@]").replace(f"[{b}]", f"[{a}]").replace("[@]", f"[{b}]")
    home = bring_home([("segments.txt", swapped.encode())], source)
    assert {id: t.content for id, t in home.targets.items()} == {
        id: t.content for id, t in job(source).targets.items()
    }
    assert found(home) == {("wrong-id", a), ("wrong-id", b)}


def test_an_edited_source_is_refused(source: SourceText) -> None:
    segment = [s for _, s in source.segments()][20]
    words = codes.notation(segment.content)
    files = damaged(source, f"] {words}\n", f"] {words} And something quite different.\n")
    assert refused(files, source) == ["translation-source-edited"]


def test_quotes_and_spaces_that_an_editor_changed_are_no_edit(source: SourceText) -> None:
    data = text.write_tsv(job(source)).decode().replace("’", "'").replace("\u00a0", " ")
    home = bring_home([("segments.tsv", data.encode())], source, Rules(lang="ru"))
    assert len(home.targets) == sum(1 for _ in source.segments())


def test_another_manuscripts_bundle(source: SourceText, every: Publication) -> None:
    data = xliff2.write(job(extract(every)))
    # The outlet and a name or two are the same in all samples.
    alone = msgspec.structs.replace(source, groups=source.groups[1:])
    assert refused([("a.xlf", data)], alone) == ["translation-other-manuscript"]


def with_paragraph(publication: Publication, id: str, words: str) -> Publication:
    paragraph = ast.Para((unit(id, Role.ANSWER, tuple(map(ast.Str, [words]))),))
    return msgspec.structs.replace(publication, blocks=(*publication.blocks, paragraph))


def test_an_old_bundle_keeps_what_still_fits(every: Publication) -> None:
    old = extract(with_paragraph(every, "last-aaaaaa", "Once."))
    new = extract(with_paragraph(every, "last-bbbbbb", "Twice."))
    home = bring_home([("a.xlf", xliff2.write(job(old)))], new)
    assert found(home) >= {("outdated", "last-aaaaaa.s1")}
    assert "last-bbbbbb.s1" not in home.targets
    assert len(home.targets) == sum(1 for _ in new.segments()) - 1
    assert [o.source for o in home.outdated] == [("Once.",)]


def test_the_language_must_be_known_and_one(source: SourceText) -> None:
    neutral = msgspec.structs.replace(job(source), lang="")
    russian, kazakh = xliff2.write(job(source)), xliff2.write(job(source, "kk"))
    assert refused([("a.xlf", xliff2.write(neutral))], source) == ["translation-language"]
    assert refused([("a.xlf", russian), ("b.xlf", kazakh)], source) == ["translation-language"]
    assert refused([("a.xlf", russian)], source, Rules(lang="ur")) == ["translation-language"]
    evil = russian.replace(b'trgLang="ru"', b'trgLang="../../x"')
    assert refused([("a.xlf", evil)], source) == ["translation-language"]


def test_two_answers_to_one_sentence(source: SourceText) -> None:
    id = next(s.id for _, s in source.segments())
    other = msgspec.structs.replace(job(source), targets={id: Target(("Иначе",))})
    files = [("a.xlf", xliff2.write(job(source))), ("b.xlf", xliff2.write(other))]
    assert refused(files, source) == ["translation-conflict"]


def test_a_truncated_zip_and_a_truncated_file(every: Publication, source: SourceText) -> None:
    data = kit.bundle(Job(text=source, lang="ru"), every)
    assert refused([("a.zip", data[: len(data) // 2])], source) == ["zip-broken"]
    whole = xliff2.write(job(source))
    assert refused([("a.xlf", whole[: len(whole) // 2])], source) == ["xml-broken"]


def test_entities_and_document_types_are_refused(source: SourceText) -> None:
    whole = xliff2.write(job(source)).decode()
    head, _, rest = whole.partition("\n")
    for evil in (
        '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE xliff SYSTEM "https://example.org/x.dtd">',
    ):
        assert refused([("a.xlf", f"{head}\n{evil}\n{rest}".encode())], source) == ["xml-doctype"]


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, data in entries.items():
            archive_.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "entries",
    [
        {"../../evil.txt": b"x"},
        {"/etc/x": b"x"},
        {"bomb.xlf": b"\0" * 30_000_000},
        {f"{n}.txt": b"x" for n in range(501)},
    ],
    ids=["climbs", "absolute", "bomb", "many"],
)
def test_unsafe_zips(entries: dict[str, bytes], source: SourceText) -> None:
    assert refused([("a.zip", zipped(entries))], source) == ["zip-unsafe"]


def test_warnings_can_be_waived_with_a_reason(source: SourceText) -> None:
    segment = [s for _, s in source.segments()][20]
    target = codes.notation(translated(segment.content))
    files = damaged(source, f"= {target}\n", f"= {target} 77\n")
    home = bring_home(files, source)
    assert ("numbers", segment.id) in found(home)
    waivers = tuple(Waiver(check, id, "Looked at.") for check, id in found(home))
    assert bring_home(files, source, Rules(waivers=lambda lang: waivers)).findings == ()


def test_a_claimed_state_is_kept_but_not_trusted(source: SourceText) -> None:
    reviewed = {id: Target(t.content, State.REVIEWED) for id, t in job(source).targets.items()}
    data = xliff2.write(Job(text=source, lang="ru", targets=reviewed))
    assert {t.state for t in bring_home([("a.xlf", data)], source).targets.values()} == {
        State.REVIEWED
    }
    untold = data.replace(b' state="reviewed"', b"")
    assert {t.state for t in bring_home([("a.xlf", untold)], source).targets.values()} == {
        State.TRANSLATED
    }


def test_a_zip_in_a_zip_is_opened(source: SourceText) -> None:
    inner = zipped({"work/segments.txt": text.write_txt(job(source))})
    home = bring_home([("back.zip", zipped({"mine.zip": inner}))], source)
    assert len(home.targets) == sum(1 for _ in source.segments())


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"xl/workbook.xml": b"<workbook/>"}, "sheet-columns"),
        (
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"<office/>",
            },
            "sheet-columns",
        ),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "xml-broken"),
    ],
)
def test_an_offices_file_without_our_table_is_refused(
    entries: dict[str, bytes], code: str, source: SourceText
) -> None:
    assert refused([("table.ods", zipped(entries))], source) == [code]


def test_a_table_names_its_languages(source: SourceText) -> None:
    home = bring_home([("segments.tsv", text.write_tsv(job(source, "kk")))], source)
    assert home.lang == "kk"
    assert refused([("a.tsv", text.write_tsv(job(source)))], source, Rules(lang="ur")) == [
        "translation-language"
    ]


def test_a_document_type_is_told_with_its_line(source: SourceText) -> None:
    head, _, rest = xliff2.write(job(source)).decode().partition("\n")
    with pytest.raises(ImportRefused, match=r"a\.xlf:3: error"):
        bring_home([("a.xlf", f"{head}\n\n<!DOCTYPE xliff>\n{rest}".encode())], source)


def test_a_row_that_stands_twice_is_doubled_and_not_outdated(source: SourceText) -> None:
    data = text.write_txt(job(source)).decode()
    segment = [s for _, s in source.segments()][20]
    again = f"\n[{segment.id}] {codes.notation(segment.content)}\n= Иначе.\n"
    with pytest.raises(ImportRefused) as caught:
        bring_home([("a.txt", (data + again).encode())], source)
    assert [d.code for d in caught.value.diagnostics if "outdated" in d.code] == []
    assert "translation-doubled-id" in {d.code for d in caught.value.diagnostics}


@pytest.mark.parametrize("cut", ['msgstr "Раз', 'msgstr "Раз"\n"и два', "msgst"])
def test_a_po_line_that_is_cut_off_is_told(cut: str, source: SourceText) -> None:
    segment = next(s for _, s in source.segments())
    head = f'msgctxt "{segment.id}"\nmsgid "{codes.notation(segment.content)}"\n'
    good = 'msgctxt "x"\nmsgid "Was."\nmsgstr "Ист."\n\n'
    with pytest.raises(ImportRefused, match=r"a\.po:\d+: error: The line is cut off"):
        bring_home([("a.po", (good + head + cut + "\n").encode())], source, Rules(lang="ru"))


def test_every_warning_says_what_to_do(source: SourceText) -> None:
    segment = [s for _, s in source.segments()][20]
    target = codes.notation(translated(segment.content))
    files = damaged(source, f"= {target}\n", f"= {target} 77\n")
    for finding in bring_home(files, source).findings:
        said = finding.diagnostic("m/translations/ru.waivers.toml")
        assert said.remedy
        if not finding.remedy:
            assert "write into m/translations/ru.waivers.toml: [[waiver]]" in said.remedy
            assert f'segment = "{segment.id}"' in said.remedy


@pytest.mark.parametrize(
    "write", [text.write_txt, text.write_tsv, po.write, docx_table.write, xliff2.write]
)
def test_codes_that_a_machine_wrote_its_way_are_taken(
    write: Callable[[Job], bytes], source: SourceText
) -> None:
    coded = next(s for _, s in source.segments() if len(codes.tags(s.content)) == 2)
    target = translated(coded.content)
    as_words = codes.join(
        p if isinstance(p, str) else f"< {'/' if p.kind is codes.Kind.CLOSE else ''}{p.id} >"
        for p in target
    )
    home = bring_home(
        [("a", write(Job(text=source, lang="ru", targets={coded.id: Target(as_words)})))], source
    )
    assert home.targets[coded.id].content == target


@pytest.mark.parametrize("head", ["", "Kennung Quelle Ziel Notizen Frage Geprüft"])
def test_a_words_table_is_known_by_its_ids(head: str, source: SourceText) -> None:
    parts = archive.read(docx_table.write(job(source)), "t")
    root = etree.fromstring(parts[docx_table.PART])
    names = {name: f"{{{root.nsmap['w']}}}{name}" for name in ("tr", "tc", "t")}
    first = next(root.iter(names["tr"]))
    if head:
        for cell, word in zip(first.iter(names["t"]), head.split(), strict=True):
            cell.text = word
    else:
        parent = first.getparent()
        assert parent is not None
        parent.remove(first)
    parts[docx_table.PART] = etree.tostring(root)
    home = bring_home([("t.docx", archive.write(parts))], source)
    assert home.targets == bring_home([("t.docx", docx_table.write(job(source)))], source).targets


def test_a_words_table_of_others_is_refused(source: SourceText) -> None:
    parts = archive.read(docx_table.write(job(source)), "t")
    parts[docx_table.PART] = re.sub(rb"[\w-]+\.s\d+|Translation", b"x", parts[docx_table.PART])
    assert refused([("t.docx", archive.write(parts))], source) == ["docx-table"]


def _returned(source: SourceText, **targets: str) -> Files:
    """A return in which some sentences have other words."""
    made = job(source)
    own = {id.replace("_", "."): Target(codes.parse_notation(t)) for id, t in targets.items()}
    return [("a.xlf", xliff2.write(Job(text=source, lang="ru", targets={**made.targets, **own})))]


def test_the_good_sentences_of_a_return_are_taken_when_asked_for(source: SourceText) -> None:
    coded = next(s for _, s in source.segments() if codes.tags(s.content))
    files = _returned(source, **{coded.id: "Без кодов."})
    assert refused(files, source, Rules(lang="ru")) == ["translation-codes"]
    home = bring_home(files, source, Rules(lang="ru", manner=Manner(partial=True)))
    assert set(home.targets) == {s.id for _, s in source.segments()} - {coded.id}
    assert ("codes", coded.id) in found(home)
    other = SourceText(slug="o", lang="en", path="o", title="", groups=())
    assert refused(files, other, Rules(lang="ru", manner=Manner(partial=True)))


def test_a_settled_term_is_an_error_when_asked_for(source: SourceText) -> None:
    first = next(s for _, s in source.segments() if " " in codes.plain(s.content))
    word = codes.plain(first.content).split()[0]
    terms = Terms(keep=(word,))
    assert bring_home(_returned(source), source, Rules(lang="ru", terms=terms)).targets
    strict = Rules(lang="ru", terms=terms, manner=Manner(strict=True))
    assert set(refused(_returned(source), source, strict)) == {"translation-keep"}
