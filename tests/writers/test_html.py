"""Operations on HTML trees that all writers share."""

from __future__ import annotations

import pytest
from faircopy.passes.addresses import SCHEMES
from faircopy.writers import html
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree


def _changed(source: str, *operations: object) -> str:
    root = html.parse(source)
    for operation in operations:
        operation(root)  # type: ignore[operator]
    text = etree.tostring(root, encoding="unicode")
    return text.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p><span id="x" class="unit answer">One <em>two</em>.</span></p>',
            '<p class="unit answer" id="x">One <em>two</em>.</p>',
        ),
        (
            '<li><span id="x" class="unit list-item">One</span></li>',
            '<li class="unit list-item" id="x">One</li>',
        ),
        (  # two units in one paragraph stay
            '<p><span id="a" class="unit">A</span> <span id="b" class="unit">B</span></p>',
            '<p><span id="a" class="unit">A</span> <span id="b" class="unit">B</span></p>',
        ),
        (  # a cell with an id of its own keeps it
            '<td id="cell"><span id="x" class="unit cell">1</span></td>',
            '<td id="cell"><span id="x" class="unit cell">1</span></td>',
        ),
    ],
)
def test_hoist_units(before: str, after: str) -> None:
    assert _changed(before, html.hoist_units) == after


def test_hoist_works_within_a_namespace() -> None:
    root = etree.fromstring(
        '<div xmlns="http://www.w3.org/1999/xhtml"><p><span id="x" class="unit">a</span></p></div>'
    )
    html.hoist_units(root)
    assert [item.get("id") for item in root] == ["x"]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_safe_links_takes_out_what_leads_elsewhere(target: str) -> None:
    root = html.parse(f'<p>a <a href="{target}">b</a> c</p>')
    assert html.safe_links(root) == (target,)
    assert etree.tostring(root[0], encoding="unicode") == "<p>a b c</p>"


@pytest.mark.parametrize(
    "target", ["#x", "https://example.org/a:b", *(f"{name}:51.1,71.4" for name in SCHEMES)]
)
def test_safe_links_leaves_what_a_manuscript_may_hold(target: str) -> None:
    assert html.safe_links(html.parse(f'<a href="{target}">b</a>')) == ()


def _text(root: html.Element) -> str:
    return str(root.xpath("string()"))


_TEXT = st.text(st.characters(categories=["L", "N", "Zs"]), max_size=6)
_TREE = st.recursive(
    st.builds(lambda t: f"<img/>{t}", _TEXT),
    lambda inner: st.builds(
        lambda name, a, child, b: f"<{name}>{a}{child}</{name}>{b}",
        st.sampled_from(["em", "b", 'a href="#x"', 'span class="unit" id="u"']),
        _TEXT,
        inner,
        _TEXT,
    ).map(
        lambda text: text.replace('</a href="#x">', "</a>").replace(
            '</span class="unit" id="u">', "</span>"
        )
    ),
    max_leaves=8,
)


@given(_TREE)
def test_no_operation_changes_a_word_or_loses_an_image(source: str) -> None:
    before = html.parse(f"<p>{source}</p>")
    after = html.parse(f"<p>{source}</p>")
    html.hoist_units(after)
    assert _text(after) == _text(before)
    assert len(list(html.find(after, "img"))) == len(list(html.find(before, "img")))


@given(_TREE)
def test_unwrap_and_drop_keep_the_text_around(source: str) -> None:
    root = html.parse(f"<p>a{source}z</p>")
    text = _text(root)
    html.unwrap(root[0])
    assert _text(root) == text
    for image in html.find(root, "img"):
        html.drop(image)
    assert _text(root) == text
