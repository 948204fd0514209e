"""Texts that nobody here wrote, made ready to be built: found, named, given a title and a language.

No more is done to a text than any of its editors could do in a minute without reading it; what more
it needs is counted.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from babel import localedata

from faircopy.core.diagnostics import Diagnostic
from faircopy.core.limits import SLUG
from faircopy.passes.permitted import LANG
from faircopy.publish.plan import MANUSCRIPT

ENDINGS = (".md", ".markdown")
DEEP = 2
"""So many folders of a text's path may name its language, as in ``es/`` or ``docs/pt-BR/``."""

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S.*)\n(?:=+|-+)[ \t]*$", re.M)
_PICTURE = re.compile(r"[^\s()<>\"'=\[\]]+\.(?:gif|jpe?g|png|svg)", re.I)


class Stranger(msgspec.Struct, frozen=True):
    """One text of a folder: its file, its path in the folder, the language it is said to be in."""

    path: Path
    name: str
    lang: str

    @property
    def source(self) -> str:
        """Where it comes from: the first folder of its path."""
        return self.name.partition("/")[0] if "/" in self.name else "."

    @property
    def slug(self) -> str:
        """Its name as a manuscript: readable, and another than every other text's."""
        plain = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")
        mark = hashlib.sha256(self.name.encode()).hexdigest()[:8]
        return f"{plain[: SLUG.most - 9].strip('-') or 'text'}-{mark}"


def found(folder: Path, lang: str) -> Iterator[Stranger]:
    """Yield the texts below ``folder``, the shortest first: a run that is stopped has seen most.

    A folder that holds a ``manuscript.md`` is one text. ``lang`` is the language of those whose
    path names none.
    """
    paths = (path for end in ENDINGS for path in folder.rglob(f"*{end}") if path.is_file())
    for path in sorted(paths, key=lambda path: (path.stat().st_size, path)):
        parts = path.relative_to(folder).parts
        if path.name != MANUSCRIPT and (path.parent / MANUSCRIPT).exists():
            continue
        named = (part for part in parts[:-1][:DEEP] if localedata.exists(part.replace("-", "_")))
        yield Stranger(path, "/".join(parts), next(named, lang))


def readied(data: bytes, stranger: Stranger) -> bytes:
    """Return a text with ``title`` and ``lang`` in its front matter, where it has none.

    A ``lang`` that is no language tag (``zh_cn``) counts as none.

    What is no UTF-8 stays as it is: the build has to say so.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data
    front = _FRONT.match(text)
    if toml := _TOML.match(text):
        text = text[toml.end() :]
    said = front[1] if front else toml[1] if toml else ""
    added = []
    if not re.search(r"^title[ \t]*:", said, re.M) or toml:
        known = re.search(r"^title[ \t]*=[ \t]*[\"'](.+)[\"']", said, re.M)
        title = known[1] if known else _title(text[front.end() :] if front else text, stranger)
        added.append(f"title: '{title.replace(chr(39), chr(39) * 2)}'\n")
    lang = re.search(r"^lang[ \t]*:[ \t]*[\"']?([^\s\"'#]*).*\n", said, re.M)
    if front and lang and not toml and not LANG.fullmatch(lang[1]):
        first, last = (front.start(1) + place for place in lang.span())
        text, lang = text[:first] + text[last:], None
    if not lang:
        added.append(f"lang: {stranger.lang}\n")
    if not added:
        return data
    begins = front.start(1) if front else 0
    head, rest = ("---\n", text[begins:]) if front else ("---\n", f"---\n\n{text}")
    return f"{head}{''.join(added)}{rest}".encode()


def _title(text: str, stranger: Stranger) -> str:
    heading = _HEADING.search(text)
    said = re.sub(r"\s*\{[^{}]*\}\s*$", "", heading[1] or heading[2]) if heading else ""
    words = re.sub(r"[`*_\[\]{}<>\\]|\(.*?\)", "", said)
    return " ".join(words.split()) or stranger.path.stem


def settle(folder: Path, stranger: Stranger, text: bytes) -> None:
    """Put a text and the pictures that it names into a manuscript's ``folder``.

    Raises:
        OSError: a file cannot be read or written.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MANUSCRIPT).write_bytes(text)
    home = stranger.path.parent
    if stranger.path.name == MANUSCRIPT:
        shutil.copytree(home, folder, dirs_exist_ok=True, ignore=lambda *_: [MANUSCRIPT])
    for match in set(_PICTURE.findall(text.decode("utf-8", "replace"))):
        picture = (home / match).resolve()
        if picture.is_relative_to(home.resolve()) and picture.is_file():
            copy = folder / picture.relative_to(home.resolve())
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, copy)


def mended(text: bytes, wrong: Iterable[Diagnostic]) -> tuple[bytes, int, int]:
    """Return a text without what was found wrong, and how many changes that took.

    The first number is of changes in the front matter, where a key gets ``x-`` before its name;
    the second of those below, where the lines of a paragraph go. Many findings of one paragraph
    are one change, and so are all places of one cause. This shows what is wrong behind what is
    wrong, not how to mend it.
    """
    lines = text.decode("utf-8", "replace").split("\n")
    fence = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    keys: set[int] = set()
    blocks: set[tuple[int, int]] = set()
    changes = 0
    for item in wrong:
        first = item.place.line if item.place else 0
        numbers = [line - 1 for line in (first, *item.also) if 0 < line <= len(lines)]
        keys |= {number for number in numbers if 0 < number < fence}
        here = {
            _paragraph(lines, number, fence) for number in numbers if number > fence or not fence
        }
        changes += not here <= blocks
        blocks |= here
    for number in keys:
        lines[number] = f"x-{lines[number]}"
    for first, last in sorted(blocks, reverse=True):
        del lines[first:last]
    return "\n".join(lines).encode(), len(keys), changes


def _paragraph(lines: list[str], number: int, fence: int) -> tuple[int, int]:
    """Return the first line of the paragraph that has line ``number``, and the one behind it."""
    first = last = number
    while first - 1 > fence and lines[first - 1].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, max(last, number + 1)
