"""What every exchange form gives back when it is read: records, not yet judged."""

from __future__ import annotations

import re

import msgspec

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.translation.codes import Content
from faircopy.translation.job import Signature, State

SENTENCE_ID = re.compile(r"[^\s;,\"]+\.s\d+")
"""What a sentence's id looks like, where a table's first row does not say which column has them."""


class ImportRefused(FaircopyError):
    """What came back cannot be taken in; its findings say why. Nothing has been changed."""


class Context(msgspec.Struct, frozen=True):
    """The one place that a translation in a memory is for: its id, or the sentences around it."""

    id: str = ""
    previous: Content = ()
    following: Content = ()


class Remark(msgspec.Struct, frozen=True):
    """What a translator wrote beside a sentence, and who, where the file says it.

    ``kind`` is ``question`` where it stands in the place for questions.
    """

    text: str
    author: str = ""
    kind: str = ""


QUESTION = "question"
"""The kind of a remark that asks something, and the name of its column."""


class Record(msgspec.Struct, frozen=True):
    """One sentence as a returned file has it.

    ``source`` is None in forms that do not carry it; an empty ``target`` means that there is
    none. ``state`` is what the file claims, which is never trusted alone: OmegaT leaves
    ``needs-translation`` on what is translated. ``note`` is a cell for remarks, with what the
    bundle wrote into it; ``context`` is set in memories alone; ``signed`` is who the file says has
    reviewed it; ``machine`` says that a machine made the translation and nobody confirmed it.
    """

    id: str
    source: Content | None
    target: Content
    place: Place
    state: State = State.INITIAL
    note: str = ""
    context: Context | None = None
    remarks: tuple[Remark, ...] = ()
    signed: Signature | None = None
    machine: bool = False


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer changed in a sentence or found in it, and why.

    ``category`` and ``severity`` are those of an error sheet (MQM).
    """

    segment: str
    by: str = ""
    date: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    category: str = ""
    severity: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two changes the same, whatever is said of them."""
        return self.segment, self.before, self.after


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A returned file: its form, its languages (empty where it does not say) and records.

    ``signed`` is who the file says has reviewed all of it, ``changes`` are what an error sheet has.
    """

    form: str
    source_lang: str = ""
    lang: str = ""
    digest: str = ""
    records: tuple[Record, ...]
    signed: Signature | None = None
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def refuse(code: str, message: str, remedy: str, place: Place) -> ImportRefused:
    """Return the error for a file that cannot be read at all."""
    return ImportRefused(Diagnostic(code, Severity.ERROR, message, remedy, place))


def decode_utf8(data: bytes, name: str) -> str:
    """Decode a text file as people save it: UTF-8 or UTF-16 with a mark, any line ends.

    Raises:
        ImportRefused: another encoding.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(
            "encoding",
            "the file is not in UTF-8",
            "Save it again as “UTF-8” in your editor.",
            Place(name, line),
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
