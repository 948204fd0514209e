"""The one place that calls pandoc: always sandboxed, always with bounded memory.

In the sandbox pandoc's readers and writers open no file and no network connection (pandoc's
manual, "A note on security"), so that a stranger's manuscript cannot draw anything in.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from faircopy.core import ast, process
from faircopy.core.diagnostics import ToolError
from faircopy.core.limits import MEGABYTE, PANDOC_MEMORY, PANDOC_TIME

MARKDOWN = "markdown"
NURSERY = "64m"
"""Where pandoc makes new things: in more room than its own 1 MB a call takes a fifth less."""

_HEAP_EXHAUSTED = 251
"""Exit code of a program of GHC's that has no more room (its runtime's EXIT_HEAPOVERFLOW)."""

_VERSION = re.compile(rb"pandoc\S* (\d+(?:\.\d+)*)")

_NO_EMOJI = re.compile("([\u2194\u21a9])\ufe0e")

PROMPT = 30.0
"""Seconds in which it says its version."""
PATIENCE: float = 12
"""How much longer than its processor time pandoc may take by the clock: machines are shared."""
HASTE = 5
"""Seconds of processor time for a text that looks like one on which pandoc does not end."""
_LONG = 300_000
"""Characters from which on as much time again is given: an honest text of 1.3 million takes 5 s."""


class PandocFailure(ToolError):
    """Pandoc ran and refused its input; ``said`` is its own message."""

    said: str = ""


def read(markdown: str, *, hasty: bool = False) -> ast.Document:
    """Parse a manuscript in pandoc's Markdown.

    Args:
        markdown: the whole text, front matter included.
        hasty: give it `HASTE` seconds only, and as many more as a long text needs.

    Raises:
        PandocFailure: pandoc refused the text, for instance for bad YAML.
        PandocTooMuch: the text is one of those on which pandoc's parser does not end.
        RecursionError: the text nests deeper than Python's stack.
    """
    seconds = HASTE * (1 + len(markdown) // _LONG) if hasty else 0
    return _decoded(_convert(markdown, to="json", source=MARKDOWN, options=(), seconds=seconds))


def works(text: str, form: str) -> ast.Document:
    """Read a file of works: ``biblatex``, ``bibtex`` or ``csljson``; they are in the metadata.

    Raises:
        PandocFailure: pandoc refused it.
    """
    return _decoded(_convert(text, to="json", source=form, options=("--standalone",)))


def opened(data: bytes, form: str) -> ast.Document:
    """Read a file of a word processor, such as ``docx``, whose package was looked over before.

    Raises:
        PandocFailure: pandoc refused it.
        PandocTooMuch: it takes more time or memory than its size allows.
        RecursionError: it nests deeper than Python's stack.
    """
    return _decoded(_convert(data, to="json", source=form, options=()))


def cited(
    blocks: ast.Blocks, metadata: Mapping[str, ast.MetaValue], style: bytes = b""
) -> ast.Blocks:
    """Resolve citations against the references in ``metadata``.

    ``metadata`` must have been chosen key by key: at some keys the citation processor opens the
    file that they name, in spite of the sandbox. ``style`` is one of CSL that names no other.

    Raises:
        PandocFailure: pandoc refused the references or the style.
    """
    document = ast.Document(meta=dict(metadata), blocks=blocks)
    with _kept(style) as path:
        options = ["--citeproc", *([f"--csl={path}"] if path else [])]
        out = _convert(ast.encode(document), to="json", source="json", options=options)
    return _decoded(out).blocks


@contextlib.contextmanager
def _kept(style: bytes) -> Iterator[str]:
    """Keep a style in a file of its own for as long as pandoc reads it."""
    if not style:
        yield ""
        return
    with tempfile.NamedTemporaryFile(suffix=".csl") as file:
        file.write(style)
        file.flush()
        yield file.name


def _decoded(out: bytes) -> ast.Document:
    try:
        return ast.decode(out)
    except msgspec.DecodeError as error:
        version()  # else it does not work at all
        raise ToolError.because(
            "pandoc-version",
            f"pandoc's tree is not of the version that this program knows: {error}",
            "Install the locked requirements again: delete .venv and run ./inv.",
        ) from error


def write(
    blocks: ast.Blocks,
    to: str,
    *,
    metadata: Mapping[str, ast.MetaValue] | None = None,
    options: Sequence[str] = (),
) -> str:
    """Render blocks in a text format that pandoc writes, such as ``html5``.

    In HTML pandoc adds a sign that asks for no emoji (U+FE0E) to two arrows, which the manuscript
    does not have; it is taken out again.

    Raises:
        PandocFailure: pandoc refused the tree or an option.
    """
    document = ast.Document(meta=dict(metadata or {}), blocks=blocks)
    out = _convert(ast.encode(document), to=to, source="json", options=options).decode(
        "utf-8", "replace"
    )
    return _NO_EMOJI.sub(r"\1", out) if to == "html5" else out


def write_file(
    blocks: ast.Blocks,
    to: str,
    *,
    metadata: Mapping[str, ast.MetaValue] | None = None,
    options: Sequence[str] = (),
) -> bytes:
    """Render blocks in a binary format, such as ``docx``; images come as data URIs.

    Raises:
        PandocFailure: pandoc refused the tree or an option.
    """
    document = ast.Document(meta=dict(metadata or {}), blocks=blocks)
    return _convert(ast.encode(document), to=to, source="json", options=options)


def version() -> str:
    """Return pandoc's version, such as ``3.9``.

    Raises:
        ToolError: there is no pandoc, or it does not work.
    """
    path = _path()
    try:
        said = process.run([path, "--version"], timeout=PROMPT).stdout
    except ToolError as error:
        raise _broken(path, error) from error
    found = _VERSION.match(said)
    if not found:
        raise _broken(path)
    return found[1].decode()


def program() -> str:
    """Return the path of the pandoc program, for a benchmark to run by itself.

    Raises:
        ToolError: there is no pandoc, or the one that there is does not even say its version.
    """
    version()
    return _path()


class PandocTooMuch(ToolError):
    """Pandoc was stopped since one text took too much of its time or memory."""


def _path() -> str:
    """Return where pandoc is: named by ``PYPANDOC_PANDOC``, in its package, else in the PATH.

    Raises:
        ToolError: nowhere.
    """
    named = os.environ.get("PYPANDOC_PANDOC")
    places = (named,) if named else (str(_packaged()), "pandoc")
    found = next(filter(None, map(process.found, places)), None)
    if not found:
        raise _missing()
    return found


@functools.cache
def _packaged() -> Path:
    """Return where the package of PyPI has its pandoc; it is not imported."""
    spec = find_spec("pypandoc")
    return Path(spec.origin if spec and spec.origin else ".").parent / "files" / "pandoc"


def _missing() -> ToolError:
    return ToolError.because(
        "pandoc-missing",
        "pandoc is not installed",
        "Run ./inv, which installs it, or: pip install pypandoc_binary",
    )


def _broken(path: str, why: ToolError | None = None) -> ToolError:
    late = why and why.diagnostics[0].code == "tool-timeout"
    what = f" within {PROMPT:g} seconds" if late else ""
    return ToolError.because(
        "pandoc-broken",
        f"{path} does not work: it does not even say its version{what}",
        "Install it again: pip install --force-reinstall pypandoc_binary. Where memory is limited"
        " (ulimit -v), allow more.",
    )


def _convert(
    text: str | bytes,
    *,
    to: str,
    source: str,
    options: Sequence[str],
    seconds: int = 0,
) -> bytes:
    megabytes = len(text) // MEGABYTE
    seconds = seconds or PANDOC_TIME.most + 10 * megabytes
    memory = PANDOC_MEMORY.most + 150 * megabytes
    command = [
        *(_path(), f"--from={source}", f"--to={to}", "--output=-"),
        *("+RTS", f"-M{memory}m", f"-A{NURSERY}", "-RTS", "--sandbox", "--quiet", *options),
    ]
    try:
        done = process.run(
            [*process.within(seconds), *command],
            timeout=seconds * PATIENCE,
            input=text.encode() if isinstance(text, str) else text,
            check=False,
        )
    except ToolError as error:
        version()  # else it does not work at all
        if error.diagnostics[0].code == "tool-timeout":
            raise _idle(seconds * PATIENCE) from error
        raise
    if done.code == 0:
        return done.stdout
    if done.code == -signal.SIGXCPU:
        raise _too_much("pandoc-time", f"{seconds} s")
    if done.code == _HEAP_EXHAUSTED:
        raise _too_much("pandoc-memory", f"{memory:,} MB of memory")
    if done.code < 0:
        raise _ended(-done.code)
    version()
    said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.code}"
    failure = PandocFailure.because("pandoc-failed", f"pandoc says: {said}")
    failure.said = said
    raise failure


def _idle(seconds: float) -> ToolError:
    return ToolError.because(
        "pandoc-idle",
        f"pandoc was stopped: it had not ended after {seconds:g} seconds; it waits, or others work",
        "Build again when this machine has less to do. If it happens again: ./inv doctor.",
    )


def _ended(number: int) -> ToolError:
    return ToolError.because(
        "pandoc-ended",
        f"pandoc was ended from outside, by {signal.Signals(number).name}",
        "Build again. If it happens again, the memory may be full: close other programs.",
    )


def _too_much(code: str, what: str) -> PandocTooMuch:
    return PandocTooMuch.because(
        code,
        f"pandoc needs more than {what} for this text",
        "Look here for brackets, backticks or list markers without an end, or divide the text.",
    )
