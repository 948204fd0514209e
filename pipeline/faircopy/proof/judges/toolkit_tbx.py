"""Have translate-toolkit read a bundle's glossary, and hold it against the tables beside it.

The toolkit's reader knows the element names of TBX 2 (ISO 30042:2008); version 3 has renamed
the elements that hold others. The toolkit reads with its own code, and is told only what each
of them is called today.
"""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from faircopy.passes.cells import unguarded
from faircopy.proof.extractors.archive import Archive

_CALLED = {
    "martif": "tbx",
    "martifHeader": "tbxHeader",
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
}
"""The names of ISO 30042:2019 for those of 2008."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Form(msgspec.Struct, frozen=True):
    """A term in one language; whether it shall not be used."""

    lang: str
    text: str
    forbidden: bool = False


def read(data: bytes) -> Iterator[tuple[Form, ...]]:
    """Yield the terms of each concept as the toolkit finds them.

    Raises:
        AssertionError, etree.XMLSyntaxError: the toolkit can't read it.
    """
    tbx: Any = importlib.import_module("translate.storage.tbx")

    class Concept(tbx.tbxunit):  # type: ignore[misc]
        rootNode = _CALLED["termEntry"]  # noqa: N815 - the toolkit's name
        languageNode = _CALLED["langSet"]  # noqa: N815

        def namespaced(self, name: str) -> str:
            return str(super().namespaced(_CALLED.get(name, name)))

    class Glossary(tbx.tbxfile):  # type: ignore[misc]
        UnitClass = Concept
        rootNode = _CALLED["martif"]  # noqa: N815

        def namespaced(self, name: str) -> str:
            return str(super().namespaced(_CALLED.get(name, name)))

    store: Any = Glossary.parsestring(data)
    for concept in store.units:
        langs = [str(node.get(_LANG)) for node in concept.getlanguageNodes()]
        yield tuple(
            Form(lang, _folded(str(term.text)), bool(term.deprecated))
            for lang in langs
            for term in concept.get_target_terms(lang)
        )


def written(archive: Archive, lang: str) -> Iterator[tuple[Form, ...]]:
    """Yield the terms of each concept as they stand in the bundle's tables.

    Args:
        archive: the bundle, with ``glossary.tsv`` and perhaps ``do-not-translate.txt``.
        lang: the language of the terms themselves.

    Raises:
        EditionError: there is no glossary.
    """
    table = io.StringIO(archive.read("glossary.tsv").decode("utf-8", "replace"))
    for row in csv.DictReader(table, delimiter="\t"):
        forms = [
            _form(other, form)
            for other, cell in row.items()
            if other not in ("term", "definition")
            for form in unguarded(cell or "").split("|")
            if form.strip()
        ]
        yield (Form(lang, _folded(unguarded(row["term"]))), *forms)
    if "do-not-translate.txt" in archive.names:
        kept = archive.read("do-not-translate.txt").decode("utf-8", "replace")
        for line in kept.splitlines():
            yield (Form(lang, _folded(line)),)


def _form(lang: str, form: str) -> Form:
    text = _folded(form)
    return Form(lang, _folded(text.removeprefix("!")), text.startswith("!"))


def _folded(text: str) -> str:
    return " ".join(text.split())
