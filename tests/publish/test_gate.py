"""``build --check`` publishes a set only when it is right: the old one stays, and it says why."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy import manuscript, theme
from faircopy.core.diagnostics import Diagnostic, PublishError, Severity
from faircopy.core.model import Artifact
from faircopy.proof import fidelity, judges
from faircopy.proof.extractors.table import EXTRACTORS
from faircopy.publish import checking
from faircopy.publish.engine import build
from faircopy.publish.manifest import Hashed, Provenance, entry
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.publish import NewSet
from faircopy.writers import Options, bundle, epub
from lxml import etree

from tests.publish.fakes import TRADE, contents, project, rewrite

SAMPLE = Path(__file__).parents[1] / "manuscripts" / "speaker-turns"
SLUG = "turns"
OPF = "{http://www.idpf.org/2007/opf}"
MADE_FROM = Provenance(source=Hashed("m", ""), theme=Hashed("t", ""), code="", lock="")


def _refuse(new: NewSet) -> None:
    found = Diagnostic("claim-refuted", Severity.ERROR, f"{new.slug} claims too much.")
    raise PublishError(found)


def test_what_the_gate_refuses_is_not_published(tmp_path: Path) -> None:
    place = project(tmp_path, one="some words", two="other words")
    assert build(Request(), place, trade=TRADE, environ={}, gate=lambda new: None).ok
    before = contents(place.dist)
    rewrite(place, "one", "changed words")

    def gate(new: NewSet) -> None:
        if new.slug == "one":
            _refuse(new)

    outcome = build(Request(), place, trade=TRADE, environ={}, gate=gate)
    assert not outcome.ok
    assert outcome.failed == ("one",)
    assert "claim-refuted" in [item.code for item in outcome.diagnostics]
    assert contents(place.dist) == before


def test_what_the_cache_holds_is_judged_as_well(tmp_path: Path) -> None:
    place = project(tmp_path, one="some words")
    assert not build(Request(), place, trade=TRADE, environ={}, gate=_refuse).ok
    assert not (place.dist / "one").exists()
    assert not build(Request(), place, trade=TRADE, environ={}, gate=_refuse).ok
    assert not (place.dist / "one").exists()


# --- the gate itself -----------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A checkout with one manuscript, and with readers and judges that are no programs."""
    shutil.copytree(SAMPLE, tmp_path / "source" / SLUG)
    quick = tuple(item for item in EXTRACTORS if item.fast)
    monkeypatch.setattr(fidelity, "EXTRACTORS", quick)
    ours = tuple(item for item in judges.JUDGES if item.name in ("EPUB claims", "exchange rules"))
    monkeypatch.setattr(judges, "JUDGES", ours)
    return Project(tmp_path)


def _set(artifact: Artifact) -> NewSet:
    record = entry(SLUG, "f", artifact, "en-GB")
    return NewSet(slug=SLUG, made_from=MADE_FROM, tools={}, files=((record, artifact.data),))


def _made(writer: object) -> Artifact:
    publication = manuscript.read(SAMPLE, name=SLUG)
    made: Artifact = writer.write(publication, theme.load("theme"), Options())  # type: ignore[attr-defined]
    return made


def _with(artifact: Artifact, suffix: str, change: Callable[[etree._Element], object]) -> Artifact:
    source = zipfile.ZipFile(io.BytesIO(artifact.data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.endswith(suffix):
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root)
            target.writestr(item, data)
    return Artifact(name=artifact.name, media_type="", data=out.getvalue(), facts=artifact.facts)


def _codes(place: Project, artifact: Artifact, *, strict: bool = False) -> list[str]:
    try:
        checking.gate(place, strict=strict)(_set(artifact))
    except PublishError as error:
        return [item.code for item in error.diagnostics]
    return []


def test_a_set_that_is_right_passes(place: Project) -> None:
    assert _codes(place, _made(bundle), strict=True) == []
    assert _codes(place, _made(epub), strict=True) == []
    assert not place.dist.exists()


def test_a_set_with_a_false_claim_is_refused(place: Project) -> None:
    def claim(root: etree._Element) -> None:
        metadata = next(root.iter(f"{OPF}metadata"))
        name = "schema:accessibilityFeature"
        etree.SubElement(metadata, f"{OPF}meta", property=name).text = "alternativeText"

    found = _codes(place, _with(_made(epub), ".opf", claim))
    assert "claim-refuted" in found
    assert "claim-unfounded" in found
    assert "epub-claim-alternativetext" in found
    assert found[-1] == "not-proven"


def test_a_set_that_a_judge_refuses_is_refused(place: Project) -> None:
    broken = _with(_made(bundle), ".xlf", lambda root: root.set("version", "3.0"))
    assert _codes(place, broken) == ["exchange-value", "not-proven"]


def test_a_judge_that_did_not_run_stops_a_strict_gate(
    place: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = judges.Judge("gone", "faircopy.proof.judges.verapdf", ".zip")
    monkeypatch.setattr("faircopy.proof.tools.package_version", _missing)
    monkeypatch.setattr(judges, "JUDGES", (missing,))
    artifact = _made(bundle)
    assert _codes(place, artifact) == []
    assert _codes(place, artifact, strict=True) == ["tool-missing", "not-proven"]


def _missing(name: str) -> str:
    from faircopy.core.diagnostics import ToolError

    raise ToolError.because("tool-missing", f"{name} is not installed.")
