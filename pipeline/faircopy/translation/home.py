"""The return trip: files from translators, of any form, become checked translations.

Nothing is believed but words: a sentence is known by its id and its source's words, a code by
its number, a form by its content. What was translated from an older text is not lost: it goes
to the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.translation import (
    FOLDER,
    above,
    codes,
    faults,
    machines,
    memories,
    moved,
    plausible,
    remarks,
    sheet,
    tmx,
)
from faircopy.translation.align import Aligned, Match, align, loose, retagged
from faircopy.translation.boxes import Boxes, no_boxes
from faircopy.translation.findings import (
    WAIVABLE,
    Finding,
    Waiver,
    no_waivers,
    unwaived,
    waivers_name,
)
from faircopy.translation.forms import Change, ImportRefused, Record, Returned
from faircopy.translation.intake import Incoming, incoming, language, nothing
from faircopy.translation.job import Manner, Signature, State, Target
from faircopy.translation.joining import MOST
from faircopy.translation.judging import Judge, Taken, left_open, moves_in, too_long
from faircopy.translation.plausible import Said
from faircopy.translation.remarks import Kept
from faircopy.translation.segments import Segment, SourceText, likeness
from faircopy.translation.terms import Terms

_MEMORIES = {tmx.PROJECT: 1, tmx.FORM: 2}
"""The forms that are memories, in the order in which they come after all others."""


class Outdated(msgspec.Struct, frozen=True):
    """A translation of words that the text no longer has."""

    source: codes.Content
    target: codes.Content


class Homecoming(msgspec.Struct, frozen=True, kw_only=True):
    """What came home: translations by sentence id, and what is to be said of them.

    ``forms`` are those of the files that brought some.
    ``remarks`` are what translators wrote beside their sentences.
    ``leverage`` are the sentences that only a memory has a translation for: there it gives way
    to what is stored already. ``signed`` are the sentences that a named person has reviewed, by id;
    ``changes`` are what an error sheet has, ``by`` is who stands behind all of it.
    """

    lang: str
    targets: Mapping[str, Target]
    outdated: tuple[Outdated, ...]
    findings: tuple[Finding, ...]
    forms: tuple[str, ...]
    leverage: frozenset[str] = frozenset()
    remarks: tuple[Kept, ...] = ()
    signed: Mapping[str, Signature] = {}
    changes: tuple[Change, ...] = ()
    by: Signature | None = None


TERMS = frozenset({"term", "keep"})
"""The checks of what the glossary and the list of what stays have settled."""


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a return is judged by: the language asked for, settled terms.

    ``boxes`` returns, for a language, the room that there is for its texts, ``waivers`` the
    warnings that are let stand; ``folder`` is where these are kept, as people know it; ``stored``
    are the languages that there are translations in; ``remarks`` returns, for a language, what
    translators remarked earlier. ``by`` stands behind what the files claim is reviewed, ``day`` is
    the day of a review where nobody says another.
    """

    lang: str = ""
    terms: Terms = Terms()
    waivers: Callable[[str], tuple[Waiver, ...]] = no_waivers
    folder: str = ""
    boxes: Callable[[str], Boxes] = no_boxes
    stored: tuple[str, ...] = ()
    remarks: Callable[[str], tuple[Kept, ...]] = remarks.none
    by: Signature | None = None
    day: str = ""
    manner: Manner = Manner()


NO_RULES = Rules()


def bring_home(
    files: Sequence[tuple[str, bytes]], text: SourceText, rules: Rules = NO_RULES
) -> Homecoming:
    """Read, check and join what translators sent back for ``text``.

    Args:
        files: names and bytes, in any form and mixture; zips are opened.
        text: the publication's texts as they are today.
        rules: target language where no file names it, terms, waivers.

    Raises:
        ImportRefused: with every finding, as soon as one of them is an error.
    """
    return brought_home(incoming(files, rules.lang), text, rules)


def brought_home(found: Incoming, text: SourceText, rules: Rules) -> Homecoming:
    """Check and join what was read of translators' files; see ``bring_home``."""
    found = machines.sorted_out(found, wanted=rules.manner.machine)
    changes = [change for one in found.returned for change in one.changes]
    if not changes and not any(r.target for one in found.returned for r in one.records):
        raise nothing(found.names, found.findings)
    lang = language(found, text.lang, rules.lang, rules.stored)
    findings = list(found.findings)
    taken: dict[str, Taken] = {}
    outdated: list[Outdated] = []
    leverage: set[str] = set()
    forms: dict[str, None] = {}
    signed = [_signed(one, rules) for one in found.returned]
    for returned in sorted(signed, key=lambda one: _MEMORIES.get(one.form, 0)):
        if returned.form == sheet.FORM:
            findings += sheet.unknown(returned, text)
            continue
        before = dict(taken)
        if returned.form in _MEMORIES:
            added = _take_memory(returned, text, taken, outdated, findings)
            leverage |= added if returned.form == tmx.FORM else set()
        else:
            _take(returned, text, taken, outdated, findings)
        if taken != before:
            forms[returned.form] = None
    units = {segment.id: unit for unit, segment in text.segments()}
    boxes = rules.boxes(lang)
    judge = Judge(text, lang, rules.terms, boxes, moves_in(text, taken))
    for one in taken.values():
        findings += judge.findings(one, units[one.aligned.segment.id], taken)
    findings += too_long(text, taken, boxes)
    findings += left_open(found.returned, text, taken)
    findings = [*plausible.judged(_plain(taken), text.lang, lang, findings)]
    said = dict(remarks.found(_records(found.returned, text), text, rules.remarks(lang)))
    findings += (remarks.finding(one, place) for one, place in said.items())
    if not (taken or outdated or findings or changes):
        raise nothing(found.names, ())
    standing = unwaived(findings, rules.waivers(lang))
    if any(one.check in WAIVABLE for one in standing):  # the cause of what else there may be
        standing = tuple(one for one in standing if one.severity is Severity.ERROR)
    if rules.manner.strict:
        standing = tuple(map(_settled, standing))
    wrong = {one.segment for one in standing if one.severity is Severity.ERROR}
    good = _without(wrong, taken)
    if wrong and not (rules.manner.partial and "" not in wrong and good):
        raise ImportRefused(*as_diagnostics(standing, waivers_file(rules.folder, lang)))
    taken = good
    return Homecoming(
        lang=lang,
        targets={
            id: Target(
                one.target, max(one.record.state, State.TRANSLATED, key=_rank), one.record.machine
            )
            for id, one in taken.items()
        },
        outdated=tuple(outdated),
        findings=standing,
        forms=tuple(forms),
        leverage=frozenset(leverage),
        remarks=tuple(said),
        signed={
            id: one.record.signed
            for id, one in taken.items()
            if one.record.signed and one.record.signed.by
        },
        changes=tuple(changes),
        by=rules.by,
    )


def _settled(one: Finding) -> Finding:
    """Return a finding about a settled term as an error."""
    severity = Severity.ERROR if one.check in TERMS else one.severity
    return msgspec.structs.replace(one, severity=severity)


def _without(wrong: Collection[str], taken: Mapping[str, Taken]) -> dict[str, Taken]:
    """Return what is taken but for the sentences that are wrong, and what is said within these."""
    good: dict[str, Taken] = {}
    lost = set(wrong)
    for id, one in sorted(taken.items(), key=lambda item: _reading(item[0])):
        within = above.said(one.target, one.aligned.segment.content) and above.follows(id, lost)
        if id in lost or within:
            lost.add(id)
        else:
            good[id] = one
    return good


def _reading(id: str) -> tuple[str, int]:
    """Return by what sentences of a unit are put in their order."""
    unit, _, number = id.rpartition(".s")
    return unit, int(number) if number.isdecimal() else 0


def _signed(returned: Returned, rules: Rules) -> Returned:
    """Return a file with a person behind its claims of review, as far as one is known."""
    records = []
    for record in returned.records:
        sign = record.signed if record.target else None
        for other in (returned.signed if record.target else None, rules.by if sign else None):
            if other and not (sign and sign.by):
                sign = other
        sign = sign and Signature(sign.by, sign.date or rules.day)
        state = max(record.state, State.REVIEWED, key=_rank) if sign else record.state
        records.append(msgspec.structs.replace(record, signed=sign, state=state))
    return msgspec.structs.replace(returned, records=tuple(records))


def _records(returned: Sequence[Returned], text: SourceText) -> Iterator[Record]:
    """Yield the records of files; those of a memory of a project under their sentences' ids."""
    for one in returned:
        if one.form == tmx.PROJECT:
            noted = [r for r in one.records if r.remarks]
            yield from memories.placed(noted, text) if noted else ()
        else:
            yield from one.records


def _plain(taken: Mapping[str, Taken]) -> list[Said]:
    return [
        Said(codes.plain(one.aligned.segment.content), codes.plain(one.target), one.record.place)
        for one in taken.values()
        if not above.said(one.target, one.aligned.segment.content)
    ]


def _rank(state: State) -> int:
    return list(State).index(state)


def _take(
    returned: Returned,
    text: SourceText,
    taken: dict[str, Taken],
    outdated: list[Outdated],
    findings: list[Finding],
) -> None:
    """Add one file's translations to those taken before."""
    alignment = align(text, returned.records)
    fitting = [one for one in alignment.sentences if one.match in (Match.SAME, Match.MOVED)]
    translated = [record for record in returned.records if record.target]
    if not fitting and returned.records:
        findings.append(faults.other_manuscript(returned, text))
        return
    same_text = bool(returned.digest) and returned.digest == text.digest()
    words = {segment.id: loose(segment.content) for _, segment in text.segments()}
    for one in fitting:
        assert one.record is not None
        if not one.target or not _is_translation(one, returned):
            continue
        if one.match is Match.MOVED and above.said(one.target, one.segment.content):
            continue  # of the same words elsewhere
        if one.match is Match.MOVED and same_text and one.record.id in words:
            findings.append(faults.wrong_id(one))
        earlier = taken.get(one.segment.id)
        if earlier and likeness(earlier.target) != likeness(one.target):
            findings.append(faults.conflict(one, earlier.record))
        taken[one.segment.id] = Taken(one, one.record, one.target)
    used = {id(record) for one in fitting for record in (one.record, *one.parts)}
    left = [record for record in translated if id(record) not in used]
    wholes = _wholes(text) if left else {}
    known = {segment.id: segment for _, segment in text.segments()} if left else {}
    for record in left:
        if record.source is not None and words.get(record.id) == loose(record.source):
            continue  # it stands there twice, which is told below
        if record.source is not None and (ids := wholes.get(loose(record.source))):
            parts = _apart(record, [known[id] for id in ids])
            if parts and not taken.keys() & set(ids):
                taken |= parts
            else:
                findings.append(faults.joined(record, ids))
            continue
        findings.append(faults.left_over(record, record.id in words, same_text))
        if record.source is not None:
            outdated.append(Outdated(record.source, record.target))
    findings += faults.doubles(returned.records)


def _apart(record: Record, segments: Sequence[Segment]) -> dict[str, Taken]:
    """Return what a tool joined as a translator writes it: all in the first, ↑ in the others.

    Nothing where its codes are not those of the sentences.
    """
    source = above.whole(segments)
    target = retagged(record.target, record.source, source)
    if moved.foreign(source, target):
        return {}
    said: dict[str, codes.Content] = {segment.id: (above.MARK,) for segment in segments}
    said[segments[0].id] = target
    return {
        segment.id: Taken(
            Aligned(segment, Match.SAME, record, said[segment.id]), record, said[segment.id]
        )
        for segment in segments
    }


def _wholes(text: SourceText) -> dict[str, tuple[str, ...]]:
    """Return the ids of neighbours in a unit by their words together."""
    found: dict[str, tuple[str, ...]] = {}
    for unit in text.units():
        for start in range(len(unit.segments) - 1):
            for end in range(start + 2, min(len(unit.segments), start + MOST) + 1):
                part = unit.segments[start:end]
                key = loose(codes.join(x for s in part for x in (*s.content, " ")))
                found.setdefault(key, tuple(s.id for s in part))
    return found


def _take_memory(
    returned: Returned,
    text: SourceText,
    taken: dict[str, Taken],
    outdated: list[Outdated],
    findings: list[Finding],
) -> set[str]:
    """Add what a memory has for the text; return the ids of what it added.

    A memory gives way to every other file. That in which OmegaT keeps its project does not: it is
    as good as any, and newer than the translated documents beside it, which OmegaT makes of it.
    What fits nothing is kept for later texts, which is what a memory is for.
    """
    records = [one for one in returned.records if one.source and one.target]
    if not records:
        return set()
    placed = memories.placed(records, text)
    if not placed:
        findings.append(faults.other_manuscript(returned, text))
    project = returned.form == tmx.PROJECT
    added: set[str] = set()
    for id, one in align(text, placed).worded().items():
        assert one.record is not None
        if above.said(one.target, one.segment.content) and not one.record.context:
            continue  # of the same words anywhere
        earlier = taken.get(id)
        other = earlier and likeness(earlier.target) != likeness(one.target)
        if earlier and other and project and not _beside(earlier.record, one.record):
            findings.append(faults.conflict(one, earlier.record))
        if earlier is None or project:
            taken[id] = Taken(one, one.record, one.target)
            added.add(id)
    used = {(loose(one.source or ()), one.target) for one in placed}
    outdated += [
        Outdated(record.source, record.target)
        for record in records
        if record.source and (loose(record.source), record.target) not in used
    ]
    return added


def _beside(document: Record, memory: Record) -> bool:
    """Whether a record is of a document that OmegaT made in the project of a memory."""
    made, kept = PurePosixPath(document.place.file), PurePosixPath(memory.place.file)
    return made.parent.name == "target" and made.parent.parent == kept.parent.parent


def _is_translation(one: Aligned, returned: Returned) -> bool:
    """Whether a target is more than the copy of the source that XLIFF 1.2 must begin with."""
    assert one.record is not None
    copied = likeness(one.target) == likeness(one.segment.content)
    trusted = returned.form != "XLIFF 1.2" and one.record.state is not State.INITIAL
    return not copied or trusted or not any(map(str.islower, codes.plain(one.segment.content)))


def as_diagnostics(findings: Sequence[Finding], waivers: str = "") -> tuple[Diagnostic, ...]:
    """Return findings as the house shows them, by sentence in the order given.

    ``waivers`` is the file in which one is let stand.
    """
    return tuple(one.diagnostic(waivers) for one in findings)


def waivers_file(folder: str, lang: str) -> str:
    """Return the path of the file that lets warnings about a language stand."""
    return str(PurePosixPath(folder, FOLDER, waivers_name(lang)))
