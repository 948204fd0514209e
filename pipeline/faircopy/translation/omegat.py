"""A project that OmegaT (3.6 and later) opens as it is.

Its own sentence rules are off, since the file is cut already. Translations that exist are in
``tm/auto``; OmegaT matches tagged sentences there only in its own notation, ``<g0>``, ``<x1/>``,
and only when the memory says that OmegaT made it (measured with 3.6.0.10).
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from faircopy.languages.tags import primary
from faircopy.translation import moved, xliff12
from faircopy.translation.codes import Content
from faircopy.translation.job import Job
from faircopy.translation.omegat_notation import notation
from faircopy.translation.segments import SourceText
from faircopy.translation.terms import Terms, forms_in
from faircopy.translation.xml import serialise

FOLDER = "omegat"
_FOLDERS = (
    ("source_dir", "source"),
    ("target_dir", "target"),
    ("tm_dir", "tm"),
    ("glossary_dir", "glossary"),
    ("dictionary_dir", "dictionary"),
)
_MIXED = frozenset({"seg"})


def files(job: Job, terms: Terms) -> dict[str, bytes]:
    """Return the project's files by their path in the bundle."""
    translated = [
        (segment.content, job.targets[segment.id].content)
        for _, segment in job.text.segments()
        if segment.id in job.targets
        and not moved.foreign(segment.content, job.targets[segment.id].content)
    ]
    near = [(offer.source, offer.target) for offer in job.offers.values()]
    return {
        f"{FOLDER}/omegat.project": _project(job),
        f"{FOLDER}/source/{job.text.slug}.xlf": xliff12.write(job),
        f"{FOLDER}/target/.keep": b"",
        f"{FOLDER}/dictionary/.keep": b"",
        f"{FOLDER}/omegat/filters.xml": _filters(),
        f"{FOLDER}/tm/auto/translated.tmx": _memory(job.text, job.lang, translated),
        f"{FOLDER}/tm/near.tmx": _memory(job.text, job.lang, near),
        f"{FOLDER}/glossary/glossary.txt": _glossary(terms, job.lang),
    }


def _project(job: Job) -> bytes:
    root = etree.Element("omegat")
    project = etree.SubElement(root, "project", {"version": "1.0"})
    for name, folder in _FOLDERS:
        etree.SubElement(project, name).text = folder
    settings = (
        ("source_lang", job.text.lang),
        ("target_lang", job.lang),
        ("source_tok", "org.omegat.tokenizer.DefaultTokenizer"),
        ("target_tok", "org.omegat.tokenizer.DefaultTokenizer"),
        ("sentence_seg", "false"),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
    )
    for name, value in settings:
        etree.SubElement(project, name).text = value
    return serialise(root, frozenset())


def _filters() -> bytes:
    """Return settings by which OmegaT shows every tag, also at the ends of a sentence."""
    attributes = {
        "removeTags": "false",
        "removeSpacesNonseg": "false",
        "preserveSpaces": "true",
        "ignoreFileContext": "false",
    }
    return serialise(etree.Element("filters", attributes), frozenset())


def _memory(text: SourceText, lang: str, pairs: Sequence[tuple[Content, Content]]) -> bytes:
    root = etree.Element("tmx", {"version": "1.1"})
    header = {
        "creationtool": "OmegaT",
        "creationtoolversion": "3.6",
        "segtype": "sentence",
        "o-tmf": "OmegaT TMX",
        "adminlang": "EN-US",
        "srclang": text.lang,
        "datatype": "plaintext",
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for source, target in pairs:
        unit = etree.SubElement(body, "tu")
        for tag, content in ((text.lang, source), (lang, target)):
            variant = etree.SubElement(unit, "tuv", {"lang": tag})
            etree.SubElement(variant, "seg").text = notation(content, source)
    return serialise(root, _MIXED)


def _glossary(terms: Terms, lang: str) -> bytes:
    """Return the glossary as OmegaT reads it: term, translation, remark, with tabs."""
    rows = [
        (term.term, form, term.definition)
        for term in terms.glossary
        for form in forms_in(term.forms, lang)
    ]
    rows += [(word, word, "do not translate") for word in terms.keep]
    lines = [f"# Glossary {primary(lang)}", *("\t".join(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
