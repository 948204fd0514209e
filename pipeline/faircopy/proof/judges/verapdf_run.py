"""Run veraPDF's library on files; started by ``verapdf`` as a process of its own.

Java can be started once in a process, and not be stopped in one that has threads.
Usage: ``python -m faircopy.proof.judges.verapdf_run JAR… FILE…``; the answer is one line of
JSON on standard output, a list with an answer for each file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from faircopy.proof.judges import java
from faircopy.proof.judges.verapdf import ACCESSIBLE, FLOOR, Answer, Breach
from faircopy.proof.pdfclaims import claimed

PLACES = 20
"""How many places of one broken rule are told."""


def answers(paths: Sequence[str], jars: Sequence[str]) -> list[Answer]:
    """Validate the files."""
    jpype = _start(jars)
    return [_answer(jpype, path) for path in paths]


def _answer(jpype: Any, path: str) -> Answer:
    names = claimed(Path(path).read_bytes())
    level = next((name[-1] for name in names if name.startswith("PDF/A-3")), FLOOR[-1])
    lasting = f"3{level}" if level in "abu" else FLOOR
    mine = (*((ACCESSIBLE,) if "PDF/UA-1" in names else ()), lasting)
    flavours = (ACCESSIBLE, lasting)
    breaches = [item for flavour in flavours for item in _validate(jpype, path, flavour)]
    return Answer(flavours, mine, tuple(breaches))


def _start(jars: Sequence[str]) -> Any:
    jpype = java.start(jars)
    level = jpype.JClass("java.util.logging.Level")
    jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(level.OFF)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _validate(jpype: Any, path: str, flavour: str) -> Iterator[Breach]:
    kinds = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").values()
    kind = next(item for item in kinds if item.getId() == flavour)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    try:
        parser = foundry.createParser(jpype.JClass("java.io.File")(path), kind)
        try:
            result = foundry.createValidator(kind, False).validate(parser)
        finally:
            parser.close()
    except jpype.JException as error:
        yield Breach(flavour, "unreadable", 1, str(error))
        return
    if not result.isCompliant():
        found = list(_breaches(result, flavour))
        yield from found or [Breach(flavour, "failed", 1, "It is not compliant.")]


def _breaches(result: Any, flavour: str) -> Iterator[Breach]:
    failed = result.getFailedChecks()
    seen: dict[str, int] = {}
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        if assertion.getStatus().name() != "FAILED":
            continue
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > PLACES:
            continue
        times = int(failed.get(rule) or 1) if seen[name] == 1 else 1
        where = str(assertion.getLocation().getContext())
        yield Breach(flavour, name, times, str(assertion.getMessage()), where)


def _main(arguments: Sequence[str]) -> None:
    jars = [item for item in arguments if item.endswith(".jar")]
    paths = [item for item in arguments if not item.endswith(".jar")]
    sys.stdout.write(msgspec.json.encode(answers(paths, jars)).decode() + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
