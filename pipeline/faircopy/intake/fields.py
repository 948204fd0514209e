"""Fields: what they show becomes plain words, and those that are links become links.

ECMA-376, part 1, 17.16: a field is a beginning, its instruction, a separator, what it shows and an
end, each a mark in a run of its own.
"""

from __future__ import annotations

import re

import msgspec

from faircopy.intake.names import Element, R, value, w

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|(?!\\)(\S+))?(.*)', re.I | re.S)
_ANCHOR = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.I)
_MARKS = frozenset({w("fldChar"), w("instrText"), w("delInstrText")})


class _Field(msgspec.Struct):
    instruction: str = ""
    shows: bool = False
    runs: list[Element] = []


def plain(root: Element, links: dict[str, str]) -> None:
    """Take the marks of fields out of a tree, and make links of those that are.

    ``links`` gets the addresses by the ids that stand for them.
    """
    stack: list[_Field] = []
    done: list[_Field] = []
    for run in list(root.iter(w("r"))):
        for mark in [one for one in run if one.tag in _MARKS]:
            kind = value(mark, "fldCharType")
            if kind == "begin":
                stack.append(_Field(runs=[]))
            elif kind == "separate" and stack:
                stack[-1].shows = True
            elif kind == "end" and stack:
                done.append(stack.pop())
            elif mark.tag == w("instrText") and stack:
                stack[-1].instruction += mark.text or ""
            run.remove(mark)
        if any(one.tag != w("rPr") for one in run):
            for field in stack:
                if field.shows:
                    field.runs.append(run)
    for field in done:
        if found := _LINK.fullmatch(field.instruction):
            anchor = _ANCHOR.search(found[3] or "")
            address = found[1] or found[2] or ""
            _link(field.runs, address, (anchor[1] or anchor[2]) if anchor else "", links)


def _link(runs: list[Element], address: str, anchor: str, links: dict[str, str]) -> None:
    """Put the runs that stand together into links; a link holds no link."""
    at: Element | None = None
    for run in runs:
        parent = run.getparent()
        if parent is None or any(one.tag == w("hyperlink") for one in run.iterancestors()):
            at = None
            continue
        if at is None or run.getprevious() is not at:
            at = run.makeelement(w("hyperlink"), {}, None)
            if address:
                id = f"field{len(links) + 1}"
                links[id] = f"{address}#{anchor}" if anchor else address
                at.set(f"{{{R}}}id", id)
            elif anchor:
                at.set(w("anchor"), anchor)
            parent.insert(parent.index(run), at)
        at.append(run)
