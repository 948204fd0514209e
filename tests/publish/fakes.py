"""Small stand-ins for the rooms that a build calls: a reader, a theme and a writer."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import msgspec
from faircopy.core.ast import Para, Str
from faircopy.core.diagnostics import (
    Diagnostic,
    EditionError,
    GlyphError,
    ManuscriptError,
    Place,
    Severity,
)
from faircopy.core.limits import JOB_MEMORY, MEGABYTE
from faircopy.core.model import Artifact, Metadata, PageStart, Publication
from faircopy.languages.tags import primary
from faircopy.publish.languages import Standing
from faircopy.publish.outcome import Step
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade
from faircopy.theme import Theme
from faircopy.theme.opener import Opener
from faircopy.writers import Format, Options

P = ParamSpec("P")
T = TypeVar("T")
HERE = __name__
FORMATS = (
    Format(name="pdf", module=HERE, suffix="pdf", paged=True, typeset=True, opened=True),
    Format(name="docx", module=HERE, suffix="docx"),
    Format(name="epub", module=HERE, suffix="epub", covered=True, listing=True),
    Format(
        name="press",
        module="tests.publish.fake_press",
        suffix="press.pdf",
        paged=True,
        typeset=True,
        on_request=True,
    ),
)


AS_ANYBODY = (
    ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]
    if os.geteuid() == 0
    else []
)
"""What runs a command without root's right to read and write whatever it likes."""


class Sheet(msgspec.Struct, frozen=True):
    """A page of a theme."""

    cover: bool = False


class Look(msgspec.Struct, frozen=True):
    """As much of a theme as a build looks at; ``covered`` pages open with the cover."""

    printed: tuple[str, ...] = ("a4", "a5")
    covered: tuple[str, ...] = ()
    sha256: str = ""
    opener: Opener = Opener(order=(), logo="", logo_height=9)
    logo: None = None

    def page(self, name: str) -> Sheet:
        return Sheet(name in self.covered)


def theme(name: str) -> Theme:
    """Return a theme that has as much to tell it from others as its file."""
    text = Path(name).read_text() if name.endswith(".toml") else ""
    return cast(Theme, Look(sha256=text))


def read(folder: Path, name: str) -> Publication:
    """Read ``manuscript.md`` as one paragraph; what it says may be an order to go wrong."""
    source = (folder / "manuscript.md").read_bytes()
    place = Place(f"{name}/manuscript.md", 1, 1)
    if source.startswith(b"REFUSED"):
        raise ManuscriptError.because("refused", "It is refused.", "Write it better.", place)
    words = source.decode().split()
    printed = words[1] if words[:1] == ["PRINTS"] else ""
    return Publication(
        slug=folder.name,
        metadata=Metadata(title=(Str("Title"),), lang="en-GB", dir="ltr", print=printed),
        blocks=(Para((Str(source.decode()),)),),
        places={},
        assets={},
        source=source,
        source_path=place.file,
        diagnostics=(Diagnostic("doubtful", Severity.WARNING, "It is doubtful.", "", place),),
    )


class Translations:
    """Each ``<lang>.xlf`` holds how many of ten sentences are translated; ``BROKEN`` is refused."""

    def __init__(self, publication: Publication, folder: Path) -> None:
        self._publication = publication
        self._done: dict[str, int] = {}
        for path in sorted((folder / "translations").glob("*.xlf")):
            text = path.read_text()
            if text == "BROKEN":
                raise ManuscriptError.because("broken", "It is broken.", "", Place(path.name))
            self._done[path.stem] = int(text.partition(" ")[0])

    def standings(self) -> tuple[Standing, ...]:
        return tuple(Standing(lang, 10, done, done < 5) for lang, done in self._done.items())

    def publication(self, lang: str, *, gaps: bool) -> Publication:
        assert gaps == (self._done[lang] < 10)
        metadata = msgspec.structs.replace(self._publication.metadata, lang=lang)
        return msgspec.structs.replace(self._publication, metadata=metadata)


def translate(place: Project, slug: str, lang: str, text: str) -> Path:
    """Store a translation that says how much of it is there."""
    path = place.source / slug / "translations" / f"{lang}.xlf"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Write the text, the page and the cover; obey the text's orders."""
    text = publication.source.decode()
    kind = "pdf" if options.page else "epub" if options.cover else "docx"
    _obey(text, kind)
    data = f"{kind} {options.page}\n{text}\n{publication.metadata.date}".encode()
    if publication.metadata.lang != "en-GB":
        data += f"in {publication.metadata.lang}".encode()
    data += b"".join(f"\nsister {tag} {address}".encode() for tag, address in options.sisters)
    if options.page_starts:
        data += f"\npages {' '.join(start.label for start in options.page_starts)}".encode()
    return Artifact(
        name=".".join(
            part for part in (primary(publication.metadata.lang), options.page, kind) if part
        ),
        media_type="text/plain",
        data=data + (options.cover or b""),
        facts={"words": len(text.split()), **({"pages": 3} if options.page else {})},
        diagnostics=(Diagnostic("said", Severity.NOTE, "The writer said so."),),
        page_starts=tuple(PageStart(n, "u", 0) for n in "123") if options.page else (),
    )


def _obey(text: str, kind: str) -> None:
    words = text.split()
    match words[2:] if words[:1] == ["PRINTS"] else words:
        case ["FAIL", what] if what == kind:
            raise EditionError.because("impossible", f"No {kind} of this.", "Ask for another.")
        case ["FACELESS", what] if what == kind:
            raise GlyphError.because("glyph-missing", "No face.", "Run: ./inv doctor --install")
        case ["BUG", what] if what == kind:
            raise ZeroDivisionError("by nothing")
        case ["DIE", what] if what == kind:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["TURN", what] if what == kind:
            while True:
                pass
        case ["SWELL", what] if what == kind:
            bytearray(2 * JOB_MEMORY.most * MEGABYTE)
        case ["SLEEP", seconds]:
            time.sleep(float(seconds))


def verify(publication: Publication, artifact: Artifact) -> tuple[Diagnostic, ...]:
    """Find every file wrong whose manuscript says so."""
    match publication.source.decode().split():
        case ["WRONG", what] if artifact.name.endswith(what):
            return (Diagnostic("word-lost", Severity.ERROR, "A word was lost."),)
    return ()


def draw(publication: Publication, theme: Theme) -> bytes:
    lang = publication.metadata.lang
    _obey(publication.source.decode(), "cover")
    return f"cover of {publication.slug}{'' if lang == 'en-GB' else f' in {lang}'}".encode()


def tools() -> dict[str, str]:
    return {"pencil": "2B"}


TRADE = Trade(
    formats=FORMATS,
    read=read,
    languages=Translations,
    theme=theme,
    tools=tools,
    cover=HERE,
    proof=HERE,
    loaded=(),
    code=Path(__file__).parent / "__snapshots__",  # which nobody edits while tests run
)


def project(root: Path, **manuscripts: str) -> Project:
    """Make a checkout with these manuscripts."""
    place = Project(root)
    place.styles.mkdir()
    for slug, text in manuscripts.items():
        rewrite(place, slug, text)
    return place


def rewrite(place: Project, slug: str, text: str) -> None:
    """Set a manuscript's text."""
    folder = place.source / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manuscript.md").write_text(text)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by relative path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class Listener:
    """Remembers what it hears, but for that work goes on."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, event: Any) -> None:
        if event.step is not Step.WAITING:
            self.heard.append(f"{event.step} {event.slug} {event.what}".strip())


class Here:
    """A crew of this process alone: what a test has changed in it, jobs see."""

    size = 1

    def __init__(self, jobs: int, loaded: Sequence[str] = ()) -> None:
        pass

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        promise: Future[T] = Future()
        try:
            promise.set_result(job(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is handed on
            promise.set_exception(error)
        return promise

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *error: object) -> None:
        pass
