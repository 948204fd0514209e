"""The words of an EPUB as Chromium renders them, the engine inside many reading systems.

Each document of the spine is shown in a frame and its ``innerText`` is taken: what is hidden or
not drawn is not there. Rules: footnotes are shown at the end of the document that refers to them,
so that they are read from the frames by their ``doc-footnote`` role, behind the text and in
order; a reference is read by its role; images and formulas have no text here.
"""

from __future__ import annotations

import os
import posixpath
import tempfile
from functools import cache
from pathlib import Path

import msgspec
from lxml import html as markup

from faircopy.core import process
from faircopy.core.diagnostics import EditionError
from faircopy.core.tools import tool
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.extractors.epub import spine
from faircopy.proof.extractors.labels import label, reference
from faircopy.proof.words import Rules, Where

RULES = Rules(notes=Where.AFTER, pictures=Where.NOWHERE, formulas=False)

_SECONDS = 120.0
_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>reader</title><pre id="out"></pre>
<script>
const names = {names};
async function read(name) {{
  const frame = document.createElement("iframe");
  frame.width = 800; frame.height = 1000;
  frame.src = name;
  await new Promise(done => {{ frame.onload = done; document.body.append(frame); }});
  const page = frame.contentDocument;
  const notes = [];
  for (const note of page.querySelectorAll('[role~="doc-footnote"]')) {{
    const back = note.querySelector('[role~="doc-backlink"]');
    const number = back ? back.innerText : "";
    if (back) back.remove();
    notes.push([number, note.innerText]);
    note.remove();
  }}
  const references = [];
  for (const link of page.querySelectorAll('[role~="doc-noteref"]')) {{
    references.push(link.innerText);
    link.textContent = "\\u27e6" + (references.length - 1) + "\\u27e7";
  }}
  for (const part of page.querySelectorAll("math, img")) part.remove();
  for (const box of page.querySelectorAll('input[type="checkbox"]'))
    box.replaceWith(box.checked ? "\\u2612" : "\\u2610");
  const text = page.body.innerText;
  frame.remove();
  return {{text, references, notes}};
}}
(async () => {{
  const all = [];
  for (const name of names) all.push(await read(name));
  document.getElementById("out").textContent = JSON.stringify(all);
}})();
</script>"""


class _Shown(msgspec.Struct, frozen=True):
    """What one document shows."""

    text: str
    references: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@cache
def version() -> str:
    """Return Chromium's version.

    Raises:
        ToolError: Chromium is missing.
    """
    done = process.run([_program(), "--version"], timeout=_SECONDS)
    return done.stdout.decode("utf-8", "replace").strip().removeprefix("Chromium ")


def _program() -> str:
    known = tool("chromium")
    path = known.path() if known else None
    if path is None:
        raise process.missing("chromium")
    return path


def lines(data: bytes) -> list[str]:
    """Return the text of the book as it is shown, notes last.

    Raises:
        ToolError: Chromium is missing or fails.
        EditionError: the file is no readable EPUB, or shows nothing.
    """
    archive = Archive(data)
    names = list(dict(spine(archive)))
    with tempfile.TemporaryDirectory(prefix="faircopy-reader-") as name:
        folder = Path(name)
        _unpack(archive, folder)
        page = folder / "reader.html"
        page.write_text(_PAGE.format(names=msgspec.json.encode(names).decode()), "utf-8")
        command = [
            _program(),
            "--headless",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # it refuses to run as root
            "--disable-gpu",
            "--allow-file-access-from-files",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=60000",
            "--dump-dom",
            page.as_uri(),
        ]
        done = process.run(command, timeout=_SECONDS)
    shown = markup.document_fromstring(done.stdout.decode("utf-8", "replace"))
    said = "".join("".join(map(str, item.itertext())) for item in shown.iter("pre"))
    try:
        documents = msgspec.json.decode(said, type=list[_Shown])
    except msgspec.DecodeError as error:
        raise EditionError.because(
            "artifact-unreadable", "Chromium could not show the book.", "Build it again."
        ) from error
    return _joined(documents)


def _unpack(archive: Archive, folder: Path) -> None:
    """Write the members whose names stay within the folder."""
    for name in archive.names:
        path = (folder / posixpath.normpath(name)).resolve()
        if path.is_relative_to(folder.resolve()) and not name.endswith("/"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


def _joined(documents: list[_Shown]) -> list[str]:
    """Return the texts, then the notes; the references get their signs."""
    text: list[str] = []
    notes: list[str] = []
    count = 0
    for document in documents:
        said = document.text
        for index, number in enumerate(document.references):
            count += 1
            said = said.replace(f"⟦{index}⟧", reference(number, count), 1)
        text += said.split("\n")
        for number, note in document.notes:
            notes += [label(number), *note.split("\n")]
    return [*text, *notes]
