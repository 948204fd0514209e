"""Open what came back: find the forms in files and zips by their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import TARGET_CODES
from faircopy.languages.tags import primary
from faircopy.translation import (
    archive,
    docx_table,
    manifest,
    opendocument,
    po,
    sheet,
    text,
    tmx,
    xliff_read,
    xlsx,
)
from faircopy.translation.findings import Finding
from faircopy.translation.forms import ImportRefused, Returned, refuse

_FORMS = (
    "Send the .xlf, .po, .txt, .tsv, .xlsx, .ods or .docx of the bundle (.odt is read too),"
    " all of it as a zip, or a .tmx."
)
Reader = Callable[[bytes, str], Returned]

_ZIP = b"PK\x03\x04"
_PEEK = 4096
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Incoming(msgspec.Struct, frozen=True):
    """The forms that were found, the names of their files, and what was passed over."""

    names: tuple[str, ...]
    returned: tuple[Returned, ...]
    findings: tuple[Finding, ...]


def incoming(files: Sequence[tuple[str, bytes]], lang: str = "") -> Incoming:
    """Open files and zips and read every form in them; of a memory of many languages ``lang``.

    What a bundle's manifest shows to be untouched is passed over, as is a source file of
    which OmegaT wrote a translated copy.

    Raises:
        ImportRefused, UnreadableXml: with a finding for each file that cannot be read.
    """
    names: list[str] = []
    found: list[Returned] = []
    wrong: list[Diagnostic] = []
    findings: list[Finding] = []
    many = 0
    for name, data in files:
        for inner, content in _opened(name, data):
            reader = recognise(content)
            if reader is tmx.returned and inner != name and not _is_project(inner):
                continue  # a bundle's own memory, or a tool's
            if reader is None:
                if inner == name:
                    wrong.append(_unknown(name))
                continue
            try:
                if reader is tmx.returned:
                    returned = tmx.returned(content, inner, lang)
                else:
                    returned = reader(content, inner)
            except ImportRefused as error:
                wrong += error.diagnostics
                continue
            many += sum(
                len(record.source or ()) + len(record.target) for record in returned.records
            )
            if many > TARGET_CODES.most:
                raise _too_many(inner)
            names.append(inner)
            found.append(returned)
            findings += [
                Finding(d.code, d.severity, "", d.message, d.remedy, d.place)
                for d in returned.diagnostics
            ]
    if wrong:
        raise ImportRefused(*wrong)
    if not found:
        raise nothing([name for name, _ in files], ())
    return Incoming(tuple(names), tuple(found), tuple(findings))


def language(found: Incoming, source: str, asked: str, stored: Sequence[str] = ()) -> str:
    """Return the target language, which all files and whoever asked must agree on.

    Tools write ``ru-RU`` where the bundle said ``ru``: of ``stored`` tags the one meant counts.

    Raises:
        ImportRefused: they do not agree, nobody names one, or it is no language tag.
    """
    for name, returned in zip(found.names, found.returned, strict=True):
        if returned.source_lang and primary(returned.source_lang) != primary(source):
            raise refuse(
                "translation-source-language",
                f"the file is a translation from {returned.source_lang}, not from {source}",
                "Send the files of this publication's bundle.",
                Place(name),
            )
        if asked and returned.lang and primary(returned.lang) != primary(asked):
            raise refuse(
                "translation-language",
                f"the file is a translation to {returned.lang}, not to {asked}",
                f"Import it with --lang {returned.lang}.",
                Place(name),
            )
    named = {returned.lang for returned in found.returned if returned.lang}
    if len({primary(lang) for lang in named}) > 1:
        message = f"the files are in different languages: {', '.join(sorted(named))}"
        raise refuse(
            "translation-language", message, "Import one language at a time.", Place(found.names[0])
        )
    lang = asked or _meant(min(named, default=""), stored)
    if not lang:
        raise refuse(
            "translation-language",
            "no file says which language it is in",
            "Say it: --lang ur.",
            Place(found.names[0]),
        )
    if not _TAG.fullmatch(lang):  # it becomes part of a file's name
        message = f"“{lang[:40]}” is no language tag"
        raise refuse("translation-language", message, "Say it: --lang ur.", Place(found.names[0]))
    return lang


def _meant(tag: str, stored: Sequence[str]) -> str:
    """Return the stored tag that a tool's tag means, or the tag as BCP 47 writes it (2.1.1)."""
    said = tag.casefold()
    same = [one for one in stored if one.casefold() == said]
    alike = same or [
        one
        for one in stored
        if f"{said}-".startswith(f"{one.casefold()}-") or one.casefold().startswith(f"{said}-")
    ]
    if len(alike) == 1:
        return alike[0]
    first, *rest = tag.split("-")
    forms = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(forms.get(len(one), str.lower)(one) for one in rest)])


def nothing(names: Sequence[str], findings: Sequence[Finding]) -> ImportRefused:
    """Return the error for files without a translation; ``findings`` may say why."""
    return ImportRefused(
        Diagnostic(
            "nothing-translated",
            Severity.ERROR,
            "there is no translation in what came back",
            "Send the file that the translation was written into.",
            Place(names[0] if names else ""),
        ),
        *(one.diagnostic() for one in findings),
    )


def _too_many(name: str) -> ImportRefused:
    return refuse(
        "codes-too-many",
        f"what came back has more than {TARGET_CODES}",
        "Import one file at a time, and look in it for a code that is repeated without end.",
        Place(name),
    )


def _is_project(path: str) -> bool:
    """Whether a path is that of the memory in which OmegaT keeps a project's translations."""
    return PurePosixPath(path).parts[-2:] == ("omegat", "project_save.tmx")


def _unknown(name: str, remedy: str = _FORMS) -> Diagnostic:
    message = "this is none of the forms that a bundle has"
    return Diagnostic("form-unknown", Severity.ERROR, message, remedy, Place(name))


def _opened(
    name: str, data: bytes, around: archive.Unpacked | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield a file by itself, or the files in a zip, and in zips in it, that are worth reading.

    Raises:
        ImportRefused: a zip that cannot be read, or an office's document that is no form of ours.
    """
    if not data.startswith(_ZIP):
        yield name, data
        return
    unpacked = around or archive.Unpacked()
    members = archive.read(data, name, unpacked)
    if docx_table.PART in members or xlsx.PART in members or _is_open_document(members):
        yield name, data
        return
    for path, content in _worth(members):
        inner = f"{name}/{path}"
        if not content.startswith(_ZIP):
            yield inner, content
        elif not around:
            yield from _opened(inner, content, unpacked)


def _is_open_document(members: Mapping[str, bytes]) -> bool:
    return members.get("mimetype", b"").strip() in (opendocument.SHEET, opendocument.TEXT)


def _worth(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    untouched = _untouched(members)
    translated = {PurePosixPath(path).name for path in members if _folder(path) == "target"}
    return [
        (path, content)
        for path, content in members.items()
        if path not in untouched
        and not (_folder(path) == "source" and PurePosixPath(path).name in translated)
    ]


def _folder(path: str) -> str:
    return PurePosixPath(path).parent.name


def _untouched(members: dict[str, bytes]) -> set[str]:
    """Return the paths of the files that are as the bundle's manifest has them."""
    for path, data in members.items():
        if PurePosixPath(path).name != manifest.NAME:
            continue
        try:
            files = manifest.decode(data).files
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        root = path.removesuffix(manifest.NAME)
        return {path} | {
            root + file.path
            for file in files
            if hashlib.sha256(members.get(root + file.path, b"")).hexdigest() == file.sha256
        }
    return set()


def _package(data: bytes) -> Reader | None:
    """Return the reader for an office's document, told by the names and kinds in its zip."""
    if b"mimetype" in data and (kind := archive.kind(data)):
        return {
            opendocument.SHEET: opendocument.read,
            opendocument.TEXT: opendocument.read_text,
        }.get(kind)
    if xlsx.PART.encode() in data:
        return xlsx.read
    return docx_table.read if docx_table.PART.encode() in data else None


def recognise(data: bytes) -> Reader | None:
    """Return the reader for a file, told by its content; None for none of ours."""
    if data.startswith(_ZIP):
        return _package(data)
    head = data[:_PEEK].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ")
    if re.search(rb"<tmx[\s>]", head):
        return tmx.returned
    if head.startswith(b"<"):
        return xliff_read.read if re.search(rb"<(\w+:)?xliff[\s>]", head) else None
    if head.startswith(b"# Faircopy segments") or re.search(rb"(?m)^\[[^\]\s]+\] ", head):
        return text.read_txt
    if re.search(rb'(?m)^msgid "', head):
        return po.read
    if sheet.is_sheet(head):
        return sheet.read
    first = head.partition(b"\n")[0].lower().replace(b'"', b"")
    if (re.match(rb"id[\t;,]", first) and b"target" in first) or text.has_rows(head):
        return text.read_tsv
    return None
