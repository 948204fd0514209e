"""What a judge's rule means, in an editor's words: the cause, and what to do.

The judges speak of clauses and dictionaries. The table is by code; a rule that is not in it keeps
its judge's words and gets the remedy that is true of any.
"""

from __future__ import annotations

import re

import msgspec

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.verdict import Verdict


class Meaning(msgspec.Struct, frozen=True):
    """Codes (a pattern), the cause in plain words, and the remedy."""

    codes: str
    cause: str
    remedy: str


_REPORT = "If the manuscript is as it should be, report this with the manuscript."
_HEADINGS = "Give the heading the level below the one before it: # after the title is ##."
_ALT = "Say what the image shows in its brackets, ![A map of …](…), or mark it {.decorative}."

MEANINGS: tuple[Meaning, ...] = (
    Meaning(r"verapdf-ua1-7\.3-.*", "An image has no words for those who cannot see it", _ALT),
    Meaning(
        r"verapdf-ua1-7\.7-.*",
        "A formula has no words for those who cannot see it",
        "Write the formula in TeX, so that words can be made of it.",
    ),
    Meaning(r"verapdf-ua1-7\.4\..*", "A level of heading is skipped", _HEADINGS),
    Meaning(
        r"verapdf-ua1-7\.(5-.*|2-(3|4|5|6|7|8|9|1[0-6]|4[1-3]))",
        "A table’s rows and headings do not fit together",
        "Give every row as many cells, and the table a heading row.",
    ),
    Meaning(
        r"verapdf-ua1-7\.2-(1[7-9]|20)",
        "A list holds something that is no item of it",
        f"Look at the list’s indentation. {_REPORT}",
    ),
    Meaning(
        r"verapdf-ua1-7\.2-(2[1-9]|3\d|2)",
        "The language of a text cannot be told",
        "Name the language in the front matter, and of foreign words: [mot]{lang=fr}.",
    ),
    Meaning(
        r"verapdf-ua1-7\.1-(9|10)",
        "The document’s title is missing or is not shown",
        "Give the manuscript a title in its front matter.",
    ),
    Meaning(
        r"verapdf-(ua1-7\.1-.*|3a-6\.7\..*)",
        "A part of the page is neither text with a meaning nor decoration",
        _REPORT,
    ),
    Meaning(
        r"verapdf-ua1-7\.18.*",
        "A link does not say where it leads",
        "Give the link words, or its image an alternative text.",
    ),
    Meaning(
        r"verapdf-(ua1-7\.21\.8|3[abu]-6\.2\.11\.8)-.*",
        "A character has no picture in the font",
        "Write it otherwise, or add a font that has it to the theme.",
    ),
    Meaning(
        r"verapdf-(ua1-7\.21\.7|3[abu]-6\.2\.11\.7\.\d)-.*",
        "A sign in the text stands for no character that could be read aloud or copied",
        "Replace characters of private use by real ones.",
    ),
    Meaning(
        r"verapdf-(ua1-7\.21|3[abu]-6\.2\.11).*",
        "A font is not embedded as it must be",
        f"Choose another font in the theme. {_REPORT}",
    ),
    Meaning(
        r"verapdf-3[abu]-6\.2\.(8|9|10).*",
        "An image or a colour is of a kind that may not last",
        "Save the image anew as PNG or JPEG, in RGB.",
    ),
    Meaning(
        r"verapdf-(3[abu]-6\.6.*|ua1-5-.*)",
        "The file does not say what it is, or says it wrongly",
        f"Build it again. {_REPORT}",
    ),
    Meaning(r"ace-(image-alt|svg-img-alt|role-img-alt|.*-alt)", "An image has no words", _ALT),
    Meaning(
        r"ace-(heading-order|empty-heading)", "The headings do not follow one another", _HEADINGS
    ),
    Meaning(
        r"ace-(link-name|link-in-text-block)",
        "A link does not say where it leads",
        "Give the link words, or its image an alternative text.",
    ),
    Meaning(
        r"ace-color-contrast",
        "Text does not stand out from its background",
        "Choose a darker or lighter colour in the theme.",
    ),
    Meaning(
        r"ace-(html|valid|.*-)lang.*",
        "The language of a text cannot be told",
        "Name the language in the front matter, and of foreign words: [mot]{lang=fr}.",
    ),
    Meaning(r"ace-metadata-.*", "The book says too little of its own accessibility", _REPORT),
    Meaning(
        r"epubcheck-rsc-(005|016)",
        "A page of the book is not built as the standard wants it",
        _REPORT,
    ),
    Meaning(
        r"epubcheck-(rsc-0(06|07|08|12|26|30|31)|htm-0(08|25))",
        "A link or an image leads to nothing",
        "Look at the link’s address in the manuscript.",
    ),
    Meaning(
        r"epubcheck-(pkg|opf|nav|ncx)-.*",
        "The book’s package is not as shops expect it",
        f"Build it again. {_REPORT}",
    ),
    Meaning(r"epubcheck-css-.*", "The style sheet is not right", "Look at the theme and its CSS."),
    Meaning(
        r"(ooxml|openxml-audit).*",
        "Word may offer to repair the document",
        f"It must not be published. {_REPORT}",
    ),
    Meaning(r"qpdf.*", "The file is damaged", "Build it again; look at the disk if it comes back."),
)


def meaning(code: str) -> Meaning | None:
    """Return what the rule of this code means, if the table has it."""
    return next((item for item in MEANINGS if re.fullmatch(item.codes, code)), None)


def explained(verdict: Verdict) -> Verdict:
    """Return a verdict whose findings say their cause first, and what to do."""
    return msgspec.structs.replace(verdict, findings=tuple(map(_explained, verdict.findings)))


def _explained(finding: Diagnostic) -> Diagnostic:
    known = meaning(finding.code)
    if known is None:
        return finding if finding.remedy else msgspec.structs.replace(finding, remedy=_REPORT)
    return msgspec.structs.replace(
        finding, message=f"{known.cause}. {finding.message}", remedy=known.remedy
    )
