"""A new manuscript: a folder with front matter that explains itself and a text to write over."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from faircopy.core.ast import MetaString
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.limits import SLUG
from faircopy.core.model import Kind
from faircopy.languages import locale
from faircopy.manuscript.front_matter import FIELDS
from faircopy.manuscript.values import Wrong, language
from faircopy.passes.alphabets import script
from faircopy.publish.plan import MANUSCRIPT, chosen
from faircopy.publish.project import is_slug
from faircopy.theme import Theme

KINDS = tuple(kind.value for kind in Kind)

INTERVIEW = """
## The first question? {#first-question}

The answer, in one paragraph or several.

A second paragraph of the same answer.

## The second question, which may have a note?[^note] {#second-question}

Another answer.

[^note]: What the reader should know beside the text.
"""

ARTICLE = """
The first paragraph says what it is about.

## A heading {#a-heading}

The text goes on, with a note where one is needed.[^note]

[^note]: What the reader should know beside the text.
"""

BOOK = """
# The first chapter {#first-chapter}

The first paragraph.

## A section {#a-section}

The text goes on, with a note where one is needed.[^note]

# The second chapter {#second-chapter}

Another paragraph.

[^note]: What the reader should know beside the text.
"""

BODIES = {Kind.INTERVIEW: INTERVIEW, Kind.ARTICLE: ARTICLE, Kind.BOOK: BOOK}


def create(
    source: Path,
    slug: str,
    *,
    kind: str = "interview",
    lang: str = "en-GB",
    today: date | None = None,
    identifier: str = "",
) -> Path:
    """Make ``source/<slug>/manuscript.md`` and return its path.

    Args:
        source: the folder of the manuscripts.
        slug: the new folder's name, and the beginning of every edition's name.
        kind: ``interview``, ``article`` or ``book``.
        lang: the manuscript's language tag.
        today: the date to write into it; by default the clock's.
        identifier: the lasting identifier; by default a new UUID.

    Raises:
        ManuscriptError: the slug or the language is not well-formed, the folder is there
            already, or it can't be written.
        EditionError: there is no such kind.
    """
    _check(slug, lang)
    (kind,) = chosen("kind", (kind,), KINDS)
    people = {"interviewee": "Who answers", "interviewer": "Who asks"}
    front = _front_matter(
        {
            "title": slug.replace("-", " ").capitalize(),
            "lang": lang,
            "date": (today or date.today()).isoformat(),
            "identifier": identifier or uuid.uuid4().urn,
            "kind": kind,
            "standfirst": "One or two sentences that lead into the text.",
            **(people if kind == "interview" else {}),
        }
    )
    path = source / slug / MANUSCRIPT
    try:
        path.parent.mkdir(parents=True)
        path.write_text(f"---\n{front}---\n{BODIES[Kind(kind)]}", encoding="utf-8")
    except FileExistsError:
        raise ManuscriptError.because(
            "manuscript-exists",
            f"There is a {source.name}/{slug} already; nothing was changed.",
            "Take another name, or edit what is there.",
            Place(f"{source.name}/{slug}"),
        ) from None
    except OSError as error:
        raise ManuscriptError.because(
            "manuscript-not-written",
            f"{source.name}/{slug} could not be made: {error.strerror}.",
            f"See that {source.name}/ can be written and that the disk has room.",
        ) from error
    return path


def without_font(lang: str, theme: Theme) -> tuple[Diagnostic, ...]:
    """Return the warning that a theme has no font for a language, or that it is not installed."""
    from faircopy.theme import fonts, forms, sources

    if absent := forms.absent(theme, lang):
        return (
            Diagnostic(
                "font-missing",
                Severity.WARNING,
                f"The font {absent[0].family}, in which {lang} is set, is not installed.",
                f"Run: {sources.install(absent[0])}",
            ),
        )
    sample = locale(lang).letters
    if not sample:
        return ()
    faces = [face for face in theme.faces if fonts.installed(face)]
    missing = fonts.missing(sample, faces)
    if not missing:
        return ()
    return (
        Diagnostic(
            "script-without-font",
            Severity.WARNING,
            f"No installed font of the theme has the {script(missing[0])} script, so that no PDF "
            "can be made yet.",
            "Add one, as CONTRIBUTING.md says (“add a font”), or leave the PDFs out, with a cover "
            "of your own (cover-image): ./inv build --formats docx,epub,web,bundle",
        ),
    )


def _check(slug: str, lang: str) -> None:
    if not is_slug(slug):
        near = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")[: SLUG.most].strip("-")
        raise ManuscriptError.because(
            "slug",
            f"“{slug}” can't be the name of a manuscript: it may have lower-case letters a–z, "
            f"digits and single hyphens between them, at most {SLUG.most} in all.",
            f"Try: ./inv new {near if is_slug(near) else 'first-interview'}",
        )
    try:
        language(MetaString(lang))
    except Wrong as wrong:
        raise ManuscriptError.because("language", f"--lang {wrong}.", "Try: --lang en-GB") from None


def _front_matter(values: dict[str, str]) -> str:
    """Return every key, one a line: those with a value, then the others as comments."""
    return "".join(f"{line}\n" for line in _lines(values))


def _lines(values: dict[str, str]) -> Iterator[str]:
    yield from (f"{key}: {value}" for key, value in values.items())
    yield "# More keys; take the # away to use one:"
    for field in FIELDS:
        if field.name not in values:
            yield f"# {field.name}:  # {field.purpose}"
