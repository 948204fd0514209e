"""The one place that calls pandoc: always sandboxed, always with bounded memory.

In the sandbox pandoc's readers and writers open no file and no network connection (pandoc's
manual, "A note on security"), so that a stranger's manuscript cannot draw anything in.
"""

from __future__ import annotations

import contextlib
import functools
import resource
import signal
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import msgspec

from pipeline import ast
from pipeline.diagnostics import ToolError

if TYPE_CHECKING:
    from types import ModuleType

MARKDOWN = "markdown"
HEAP = "4G"
"""Upper bound of pandoc's heap; a manuscript that needs more ends in an error, not in swap."""
NURSERY = "16m"
"""Where pandoc makes new things: in more room than its own 1 MB a call takes a fifth less."""


CPU_SECONDS = 60
"""Processor time that one call may take; a book of 95,000 words takes two seconds."""


class PandocFailure(ToolError):
    """Pandoc ran and refused its input; ``said`` is its own message."""

    said: str = ""


def read(markdown: str, *, cite: bool = False) -> ast.Document:
    """Parse a manuscript in pandoc's Markdown.

    Args:
        markdown: the whole text, front matter included.
        cite: resolve citations against the references in the front matter.

    Raises:
        PandocFailure: pandoc refused the text, for instance for bad YAML.
        PandocTooLong: the text is one of those on which pandoc's parser does not end.
        RecursionError: the text nests deeper than Python's stack.
    """
    options = ["--citeproc"] if cite else []
    out = _convert(markdown, to="json", source=MARKDOWN, options=options)
    try:
        return ast.decode(out)
    except msgspec.ValidationError as error:
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

    Raises:
        PandocFailure: pandoc refused the tree or an option.
    """
    document = ast.Document(meta=dict(metadata or {}), blocks=blocks)
    out = _convert(ast.encode(document), to=to, source="json", options=options)
    return cast(str, out)


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
    out = _convert(ast.encode(document), to=to, source="json", options=options, binary=True)
    return cast(bytes, out)


def version() -> str:
    """Return pandoc's version, such as ``3.9``.

    Raises:
        ToolError: there is no pandoc.
    """
    try:
        return str(_pypandoc().get_pandoc_version())
    except OSError as error:
        raise _missing() from error


def program() -> str:
    """Return the path of the pandoc program, for a benchmark to run by itself.

    Raises:
        ToolError: there is no pandoc.
    """
    try:
        return str(_pypandoc().get_pandoc_path())
    except OSError as error:
        raise _missing() from error


class PandocTooLong(ToolError):
    """Pandoc was stopped after ``CPU_SECONDS`` of work on one text."""


@functools.cache
def _pypandoc() -> ModuleType:
    import pypandoc

    return cast("ModuleType", pypandoc)


def _missing() -> ToolError:
    return ToolError.because(
        "pandoc-missing",
        "pandoc is not installed",
        "Run ./inv, which installs it, or: pip install pypandoc_binary",
    )


def _convert(
    text: str, *, to: str, source: str, options: Sequence[str], binary: bool = False
) -> str | bytes:
    arguments = ["+RTS", f"-M{HEAP}", f"-A{NURSERY}", "-RTS", "--sandbox", "--quiet", *options]
    try:
        with _bounded():
            out = _pypandoc().convert_text(
                text,
                to,
                format=source,
                extra_args=arguments,
                outputfile="-" if binary else None,
                verify_format=False,
            )
    except OSError as error:
        raise _missing() from error
    except RuntimeError as error:
        if f'exitcode "-{int(signal.SIGXCPU)}"' in str(error):
            raise _too_long() from error
        said = str(error).partition("during conversion: ")[2].strip() or str(error)
        failure = PandocFailure.because("pandoc-failed", f"pandoc says: {said}")
        failure.said = said
        raise failure from error
    return cast("str | bytes", out)


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Bound the processor time of a process that is started within, as pypandoc cannot.

    A child takes over its parent's limits. Ours is lowered by so much that the child's clock,
    which starts at zero, meets it after ``CPU_SECONDS``, and is raised again at once after.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    own = resource.getrusage(resource.RUSAGE_SELF)
    limit = CPU_SECONDS + int(own.ru_utime + own.ru_stime)
    if soft != resource.RLIM_INFINITY:
        limit = min(limit, soft)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _too_long() -> PandocTooLong:
    return PandocTooLong.because(
        "pandoc-time",
        f"pandoc needs more than {CPU_SECONDS} s for this text",
        "Look for brackets, backticks or list markers without an end, or divide the text.",
    )
