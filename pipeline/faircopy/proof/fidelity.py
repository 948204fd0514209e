"""Word-for-word fidelity: does this artifact say what the manuscript says?

Each format has one fast extractor, which every build uses, and others that share no code with
it, which ``verify_all`` adds. An extractor that is not installed is ``not-run``, never passed.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Sequence
from functools import partial

import msgspec

from faircopy.core.diagnostics import Diagnostic, FaircopyError, ToolError
from faircopy.core.model import Artifact, Publication
from faircopy.passes.opener import unthemed
from faircopy.proof.compare import report
from faircopy.proof.extractors.line import Line
from faircopy.proof.extractors.table import EXTRACTORS, Extractor
from faircopy.proof.order import ordered
from faircopy.proof.reading import reading
from faircopy.proof.tokens import tokens
from faircopy.proof.verdict import Status, Verdict, broke_down
from faircopy.proof.words import Rules, Word, count, words


class Proof(msgspec.Struct, frozen=True):
    """What one extractor found in one artifact.

    ``words`` counts the words found, ``wanted`` those that ought to be there; ``digest`` is the
    SHA-256 of the tokens that ought to be there, one a line.
    """

    artifact: str
    verdict: Verdict
    words: int = 0
    wanted: int = 0
    digest: str = ""


def verify(publication: Publication, artifact: Artifact) -> tuple[Diagnostic, ...]:
    """Return an error for each word that the artifact lost, doubled, added, changed or moved.

    Only the fast extractor of the format is used. An artifact that can't be read is an error.
    """
    found = [
        item
        for extractor in readers(artifact.name)
        if extractor.fast
        for item in prove(publication, artifact, extractor).verdict.findings
    ]
    return tuple(found)


def verify_all(publication: Publication, artifact: Artifact) -> tuple[Proof, ...]:
    """Hold the artifact against the manuscript with every extractor of its format."""
    return tuple(prove(publication, artifact, extractor) for extractor in readers(artifact.name))


def prove(publication: Publication, artifact: Artifact, extractor: Extractor) -> Proof:
    """Hold the artifact against the manuscript with one extractor."""
    module = importlib.import_module(extractor.module)
    rules: Rules = module.RULES
    opened = publication if rules.opening else unthemed(publication)
    wanted = words(reading(opened), rules)
    plain = [word.text for word in wanted]
    try:
        lines: list[str] = module.lines(artifact.data)
        version: str = module.version() if hasattr(module, "version") else ""
    except ToolError as error:
        verdict = Verdict(extractor.name, "", Status.NOT_RUN, error.diagnostics)
        return Proof(artifact.name, verdict)
    except FaircopyError as error:
        verdict = Verdict(extractor.name, "", Status.FAILED, error.diagnostics)
        return Proof(artifact.name, verdict)
    except Exception as error:  # noqa: BLE001 - see `broke_down`
        broken = broke_down(extractor.name, artifact.name, error)
        return Proof(artifact.name, Verdict(extractor.name, "", Status.FAILED, (broken,)))
    found = _tokens(lines, plain, extractor, right=publication.metadata.dir == "rtl")
    name = f"{publication.slug}.{artifact.name}"
    differ = report(name, publication, wanted, found, partial(_where, lines))
    status = Status.FAILED if differ else Status.PASSED
    verdict = Verdict(extractor.name, version, status, differ)
    return Proof(artifact.name, verdict, count(found), _count(wanted), _digest(plain))


def _where(lines: Sequence[str], number: int) -> str:
    """Return where in the artifact a token stands, as far as the lines tell."""
    count, place = 0, ""
    for line in lines:
        for at, name in line.places if isinstance(line, Line) else ():
            if count + len(tokens(line[:at])) > number:
                return place
            place = name
        count += len(tokens(line))
        if count > number:
            return place
    return place


def readers(name: str) -> tuple[Extractor, ...]:
    """Return the extractors of the file of this name."""
    return tuple(item for item in EXTRACTORS if name.endswith(item.suffix))


def _tokens(
    lines: Sequence[str], plain: list[str], extractor: Extractor, *, right: bool
) -> list[str]:
    if extractor.as_drawn:
        return ordered(lines, plain, right=right)
    return [token for line in lines for token in tokens(line)]


def _count(wanted: Sequence[Word]) -> int:
    return count(word.text for word in wanted)


def _digest(plain: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()
