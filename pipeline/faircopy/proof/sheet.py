"""An edition's report as one HTML page: for a person, without a network, and accessible itself."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.claims import Standing
from faircopy.proof.extractors.archive import Element
from faircopy.proof.report import Checked, Edition
from faircopy.proof.typography import Figures, spaces, where
from faircopy.proof.verdict import Status, Verdict
from faircopy.writers.markup import Maker

_h = Maker()

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1d1f; --paper: #fff; --rule: #767c82;
  --good: #0a5c36; --bad: #a3181c; --open: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e3dc; --paper: #121416; --rule: #8b9196;
  --good: #7fd1a3; --bad: #ff9d97; --open: #f0c070; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; font-weight: 600; padding: .5rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid var(--rule); }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; }
code { overflow-wrap: anywhere; }
a { color: inherit; }
.passed { color: var(--good); } .failed { color: var(--bad); } .not-run { color: var(--open); }
.scroll { overflow-x: auto; }
"""
_SIGNS = {
    Status.PASSED: "✓ passed",
    Status.FAILED: "✗ failed",
    Status.NOT_RUN: "– not run",
}


def sheet(edition: Edition) -> bytes:
    """Return the page. Colour only repeats what words say (WCAG 1.4.1)."""
    body = _h(
        "body",
        _h(
            "main",
            _h("h1", "Report: ", _h("span", edition.title, lang=edition.lang, dir=edition.dir)),
            _h("p", _verdict(edition)),
            _facts(edition),
            _overview(edition),
            *(part for file in edition.files for part in _file(file)),
            *_queries(edition),
            *_findings("The manuscript", edition.findings),
        ),
    )
    page = _h(
        "html",
        _h(
            "head",
            _h("meta", charset="utf-8"),
            _h("meta", name_="viewport", content="width=device-width, initial-scale=1"),
            _h("title", f"Report: {edition.title}"),
            _h("style", _STYLE),
        ),
        body,
        lang="en",
    )
    return etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>") + b"\n"


def _verdict(edition: Edition) -> str:
    statuses = [verdict.status for verdict in edition.said()]
    failed, absent = statuses.count(Status.FAILED), statuses.count(Status.NOT_RUN)
    if refuted := len(list(edition.refuted())):
        return f"Not fit to publish: {refuted} claims are refuted."
    if failed:
        return f"Not fit to publish: {failed} of {len(statuses)} checks failed."
    if absent:
        return f"Nothing wrong was found, but {absent} of {len(statuses)} checks did not run."
    return f"All {len(statuses)} checks passed."


def _facts(edition: Edition) -> Element:
    rows = {
        "Language": edition.lang,
        "Words": f"{edition.words:,}",
        "Reading time": f"{edition.minutes} min",
        "Open queries": str(len(edition.queries)),
    }
    return _h(
        "table",
        _h("caption", "At a glance"),
        *(_h("tr", _h("th", name, scope="row"), _h("td", value)) for name, value in rows.items()),
    )


def _overview(edition: Edition) -> Element:
    head = _h("tr", *(_head(name) for name in ("File", "Size", "Pages", "Checks")))
    rows = [
        _h(
            "tr",
            _h("th", _h("a", file.name, href=f"#{file.name}"), scope="row"),
            _number(f"{file.size / 1000:,.1f} kB"),
            _number(str(file.facts.get("pages", "–"))),
            _h("td", *_marks(file)),
        )
        for file in edition.files
    ]
    return _h("table", _h("caption", "Files"), _h("thead", head), _h("tbody", *rows))


def _marks(file: Checked) -> Iterable[Element]:
    voices = list(file.said())
    for status in Status:
        number = sum(verdict.status is status for verdict in voices)
        if number:
            yield _status(status, f"{number} {_SIGNS[status]}", end=" ")


def _file(file: Checked) -> Iterable[Element]:
    yield _h("h2", file.name, id=file.name)
    fonts = ", ".join(map(str, file.facts.get("fonts", ())))
    if fonts:
        yield _h("p", f"Fonts: {fonts}.")
    yield _h("p", "SHA-256: ", _h("code", file.sha256))
    readings = [
        _h(
            "tr",
            _h("th", proof.verdict.name, scope="row"),
            _h("td", proof.verdict.version or "–"),
            _h("td", *_result(proof.verdict)),
            _number(f"{proof.words:,} of {proof.wanted:,}"),
        )
        for proof in file.proofs
    ]
    if readings:
        yield _table("Words, read back by", ("Extractor", "Version", "Result", "Words"), readings)
    judged = [
        _h(
            "tr",
            _h("th", verdict.name, scope="row"),
            _h("td", verdict.version or "–"),
            _h("td", *_result(verdict)),
        )
        for verdict in file.verdicts
    ]
    if judged:
        yield _table("Judged by", ("Judge", "Version", "Result"), judged)
    if file.claims:
        yield _table("What it claims to be", ("Claim", "Standing", "Evidence"), _claims(file))
    if file.figures:
        yield _table("Lines and pages, counted", ("Rule", "Times", "Where"), _counts(file.figures))
        yield _h("p", f"{spaces(file.figures).capitalize()}.")
    for verdict in file.said():
        yield from _said(verdict)


def _counts(figures: Figures) -> list[Element]:
    return [
        _h(
            "tr",
            _h("th", f"{item.rule} {item.name}", scope="row"),
            _number("–" if item.uncounted else str(len(item.found))),
            _h("td", where(item) or item.uncounted or "–"),
        )
        for item in figures.tallies
    ]


def _claims(file: Checked) -> list[Element]:
    return [
        _h(
            "tr",
            _h("th", claim.name, scope="row"),
            _h(
                "td",
                _h("span", *_STANDINGS[claim.standing][:1], class_=_STANDINGS[claim.standing][1]),
            ),
            _h("td", "; ".join(claim.evidence)),
        )
        for claim in file.claims
    ]


_STANDINGS = {
    Standing.CONFIRMED: ("✓ confirmed", "passed"),
    Standing.ESTABLISHED: ("✓ established by the build", "passed"),
    Standing.NOT_JUDGED: ("– not judged", "not-run"),
    Standing.REFUTED: ("✗ refuted", "failed"),
}
"""How a claim stands, in words, and the class of its colour."""


def _said(verdict: Verdict) -> Iterable[Element]:
    return _findings(f"{verdict.name} says", verdict.findings, level=3)


def _findings(title: str, findings: tuple[Diagnostic, ...], level: int = 2) -> Iterable[Element]:
    if not findings:
        return
    yield _h("h2" if level < 3 else "h3", title)
    yield _h("ul", *map(_item, findings))


def _item(finding: Diagnostic) -> Element:
    parts: list[Element | str] = [f"{finding.severity.value}: {finding.said} "]
    if finding.place:
        parts += [_h("code", str(finding.place)), " "]
    parts.append(_h("code", finding.code))
    if finding.remedy:
        parts += [_h("br"), finding.remedy]
    return _h("li", *parts)


def _queries(edition: Edition) -> Iterable[Element]:
    if not edition.queries:
        return
    yield _h("h2", "Queries to the author")
    yield _h(
        "ul",
        *(
            _h(
                "li",
                "“",
                _h("span", query.text, lang=edition.lang, dir=edition.dir),
                f"” {query.question} ",
                _h("code", str(query.place)),
            )
            for query in edition.queries
        ),
    )


def _table(caption: str, columns: tuple[str, ...], rows: list[Element]) -> Element:
    head = _h("tr", *(_head(name) for name in columns))
    table = _h("table", _h("caption", caption), _h("thead", head), _h("tbody", *rows))
    return _h("div", table, class_="scroll")


_NUMBERS = frozenset({"Size", "Pages", "Words", "Times"})


def _head(name: str) -> Element:
    if name in _NUMBERS:
        return _h("th", name, scope="col", class_="number")
    return _h("th", name, scope="col")


def _number(text: str) -> Element:
    return _h("td", text, class_="number")


def _result(verdict: Verdict) -> Iterable[Element | str]:
    """A verdict that was given before says when."""
    yield _status(verdict.status)
    if verdict.when:
        yield f" on these bytes, {verdict.when}"


def _status(status: Status, text: str = "", end: str = "") -> Element:
    span = _h("span", text or _SIGNS[status], class_=status.value)
    span.tail = end
    return span
