"""What users type about translations, such as ``translate.export``; see `faircopy.tasks`."""

from __future__ import annotations

from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from faircopy.cli import AS_JSON, MANUSCRIPTS, Several, answering, listed


@task(
    help={
        "lang": "the language to translate into, such as ur or pt-BR; it goes to dist/translation/",
        "manuscript": MANUSCRIPTS,
        "open": "only what is not translated as it stands, with what changed word by word",
        "context": "set the printed pages with ids for long texts too, which takes its time",
        "json": AS_JSON,
    }
)
@answering
def export(
    c: Context,
    lang: str,
    manuscript: str = "",
    open: bool = False,
    context: bool = False,
    json: bool = False,
) -> bool:
    """Make the bundle for translators into a language."""
    from faircopy.publish.translations import telling

    return telling.export(lang, listed(manuscript), printed=context, rest=open, json=json)


@task(
    klass=Several,
    name="import",
    positional=["file"],
    help={
        "file": "what translators sent back, in any form of the bundle, or the whole zip; several",
        "lang": "the language, where no file says it (.txt, .tsv)",
        "manuscript": "folder under source/ (default: the one that the sentences are of)",
        "by": "the person who stands behind what the files say is reviewed",
        "date": "the day of that review, such as 2026-11-30 (default: today)",
        "partial": "take the sentences without an error, and list the others",
        "strict": "take a term that is not as the glossary has it for an error",
        "machine": "it is what a machine translated; it says so until a person edits or reviews it",
        "sarif": "also write the findings to this file, for code hosts",
        "json": AS_JSON,
    },
)
@answering
def import_(
    c: Context,
    file: list[str],
    lang: str = "",
    manuscript: str = "",
    by: str = "",
    date: str = "",
    partial: bool = False,
    strict: bool = False,
    machine: bool = False,
    sarif: str = "",
    json: bool = False,
) -> bool:
    """Check what translators sent back, and keep it beside the manuscript."""
    from faircopy.publish.translations import telling
    from faircopy.publish.translations.signature import Person

    paths, who = [Path(name) for name in file], Person(by, date, partial, strict, machine)
    return telling.take_in(
        paths,
        lang=lang,
        manuscript=manuscript,
        who=who,
        sarif=sarif,
        json=json,
    )


@task(
    help={
        "lang": "languages with commas (default: all that there are)",
        "manuscript": MANUSCRIPTS,
        "all": "list every sentence that is new or changed",
        "json": AS_JSON,
    }
)
@answering
def status(
    c: Context, lang: str = "", manuscript: str = "", all: bool = False, json: bool = False
) -> bool:
    """Show how far translations are, and what has changed since."""
    from faircopy.publish.translations import telling

    return telling.status(listed(lang), listed(manuscript), every=all, json=json)


@task(
    klass=Several,
    positional=["file"],
    help={
        "file": "XLIFF 1.2 or 2, TMX, TBX or PO, whoever wrote it, or a zip of such files; several",
        "json": AS_JSON,
    },
)
@answering
def check(c: Context, file: list[str], json: bool = False) -> bool:
    """Hold translation files of any program against the rules of their standard."""
    from faircopy.publish import standards

    return standards.check([Path(name) for name in file], json=json)


@task(
    help={
        "lang": "the language of the translation that was reviewed",
        "by": "the name of the person who read it",
        "date": "the day of the review, such as 2026-11-30 (default: today)",
        "segments": "sentences or paragraphs by id, commas and stars, or claimed (default: all)",
        "changes": "write what reviewers changed and why to dist/translation/, also an error sheet",
        "manuscript": "folder under source/, where several have such a translation",
        "json": AS_JSON,
    }
)
@answering
def review(
    c: Context,
    lang: str,
    by: str = "",
    date: str = "",
    segments: str = "",
    changes: bool = False,
    manuscript: str = "",
    json: bool = False,
) -> bool:
    """Record that a named person has reviewed a translation, which is a draft until then."""
    from faircopy.publish.translations import telling
    from faircopy.publish.translations.signature import Person

    return telling.review(
        lang,
        Person(by, date),
        segments=listed(segments),
        changes=changes,
        asked=listed(manuscript),
        json=json,
    )


TASKS = (export, import_, status, check, review)
