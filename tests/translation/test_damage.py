"""Whatever a stranger sends: it comes home, or it is refused with a finding; it never crashes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core.diagnostics import Diagnostic, FaircopyError
from faircopy.core.model import Publication
from faircopy.translation import archive, docx_table, po, text, xliff2, xliff12
from faircopy.translation.home import Rules, bring_home
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText, extract
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.translation.test_home import job

FORMS: dict[str, Callable[[Job], bytes]] = {
    "a.xlf": xliff2.write,
    "b.xlf": xliff12.write,
    "segments.txt": text.write_txt,
    "segments.tsv": text.write_tsv,
    "a.po": po.write,
    "table.docx": docx_table.write,
}
WRITTEN: dict[str, bytes] = {}
BITS = st.one_of(
    st.binary(min_size=1, max_size=4),
    st.sampled_from(
        [
            b"<",
            b">",
            b'"',
            b"\n",
            b"\t",
            b"\\",
            b"]",
            b"<9/>",
            b"</1>",
            b"<1>",
            b"\xff",
            b"\xef\xbf\xbd",
            b"<cp hex='FFFFFFFF'/>",
            b"<ec/>",
            b"<sc id='1'/>",
            b"<mrk>",
            b"\r\n",
            b"<!-- -->",
            b"<?x?>",
            b"&x;",
            b"&#1;",
            b"msgid",
            b'"\n"',
        ]
    ),
)


@pytest.fixture(scope="module")
def source(manuscript: Callable[[str], Publication]) -> SourceText:
    return extract(manuscript("speaker-turns"))


def written(name: str, source: SourceText) -> bytes:
    if name not in WRITTEN:
        WRITTEN[name] = FORMS[name](job(source))
    return WRITTEN[name]


def take(data: bytes, name: str, source: SourceText) -> None:
    found: tuple[Diagnostic, ...] = ()
    try:
        home = bring_home([(name, data)], source, Rules(lang="ru"))
    except FaircopyError as error:
        found = error.diagnostics
    else:
        assert set(home.targets) <= {segment.id for _, segment in source.segments()}
        return
    assert found
    assert all(one.message and one.code for one in found)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_that_were_hit(name: str, data: st.DataObject, source: SourceText) -> None:
    original = bytearray(written(name, source))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(original)))
        cut = data.draw(st.integers(0, 8))
        original[at : at + cut] = data.draw(BITS)
    take(bytes(original), name, source)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_words_that_were_hit_in_a_word_document(data: st.DataObject, source: SourceText) -> None:
    parts = archive.read(written("table.docx", source), "t")
    inner = bytearray(parts[docx_table.PART])
    at = data.draw(st.integers(0, len(inner)))
    inner[at : at + data.draw(st.integers(0, 8))] = data.draw(BITS)
    parts[docx_table.PART] = bytes(inner)
    take(archive.write(parts), "table.docx", source)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("part", [0, 1, 10, 50, 90, 99])
def test_truncated(name: str, part: int, source: SourceText) -> None:
    whole = written(name, source)
    take(whole[: len(whole) * part // 100], name, source)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_anything_at_all(data: bytes, source: SourceText) -> None:
    for head in (b"", b"PK\x03\x04", b"<xliff ", b"[a.s1] ", b'msgid "'):
        take(head + data, "x", source)
