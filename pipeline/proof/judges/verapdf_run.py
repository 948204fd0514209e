"""Run veraPDF's library on one file; started by ``verapdf`` as a process of its own.

Java can be started once in a process, and not be stopped in one that has threads.
Usage: ``python -m pipeline.proof.judges.verapdf_run FILE FLAVOUR… JAR…``; the answer is one line
of JSON on standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from pipeline.proof.judges.verapdf import Answer, Breach


def answer(path: str, flavours: Sequence[str], jars: Sequence[str]) -> Answer:
    """Validate the file at ``path`` against profiles, by veraPDF's names of them."""
    java = _start(jars)
    breaches = [item for flavour in flavours for item in _validate(java, path, flavour)]
    return Answer(tuple(flavours), tuple(breaches))


def _start(jars: Sequence[str]) -> Any:
    """Start Java and return JPype, through which its classes are reached."""
    import jpype

    jpype.startJVM("-Xmx1g", "-Djava.awt.headless=true", classpath=list(jars), convertStrings=True)
    level = jpype.JClass("java.util.logging.Level")
    jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(level.OFF)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _validate(java: Any, path: str, flavour: str) -> Iterator[Breach]:
    kinds = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").values()
    kind = next(item for item in kinds if item.getId() == flavour)
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    try:
        parser = foundry.createParser(java.JClass("java.io.File")(path), kind)
        try:
            result = foundry.createValidator(kind, False).validate(parser)
        finally:
            parser.close()
    except java.JException as error:
        yield Breach(flavour, "unreadable", 1, str(error))
        return
    if not result.isCompliant():
        found = list(_breaches(result, flavour))
        yield from found or [Breach(flavour, "failed", 1, "It is not compliant.")]


def _breaches(result: Any, flavour: str) -> Iterator[Breach]:
    failed = result.getFailedChecks()
    seen = set()
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        if assertion.getStatus().name() == "FAILED" and name not in seen:
            seen.add(name)
            yield Breach(flavour, name, int(failed.get(rule) or 1), str(assertion.getMessage()))


def _main(arguments: Sequence[str]) -> None:
    path, *rest = arguments
    jars = [item for item in rest if item.endswith(".jar")]
    flavours = [item for item in rest if item not in jars]
    sys.stdout.write(msgspec.json.encode(answer(path, flavours, jars)).decode() + "\n")


if __name__ == "__main__":
    _main(sys.argv[1:])
