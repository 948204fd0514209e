"""Findings about translations: which check, which sentence, and whether they were waived."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from faircopy.core import toml
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.translation.forms import refuse

WAIVABLE = frozenset({"untranslated", "language"})
"""Checks of a whole file that are errors and may be waived all the same."""


class Finding(msgspec.Struct, frozen=True):
    """One finding about the translation of ``segment`` (empty: about a whole file)."""

    check: str
    severity: Severity
    segment: str
    message: str
    remedy: str = ""
    place: Place | None = None

    def diagnostic(self, waivers: str = "") -> Diagnostic:
        """Return the finding as the house shows it; ``waivers`` is the file that lets it stand."""
        where = f"{self.segment}: " if self.segment else ""
        return Diagnostic(
            f"translation-{self.check}",
            self.severity,
            where + self.message,
            self._remedy(waivers),
            self.place,
        )

    def _remedy(self, waivers: str) -> str:
        if self.check in WAIVABLE:
            return " ".join(filter(None, (self.remedy, self._waiver(waivers))))
        return self.remedy or self._waiver(waivers)

    def _waiver(self, file: str) -> str:
        """Return how a warning about a sentence is let stand."""
        if self.check not in WAIVABLE and (self.severity is Severity.ERROR or not self.segment):
            return ""
        return (
            f"If it is right, write into {file or waivers_name('<language>')}: [[waiver]] with"
            f' check = "{self.check}", segment = "{self.segment or "*"}" and a reason.'
        )


class Waiver(msgspec.Struct, frozen=True):
    """A warning that a person has looked at and lets stand. ``segment`` may be ``*``."""

    check: str
    segment: str
    reason: str


class _Waivers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waiver: tuple[Waiver, ...] = ()


def waivers_name(lang: str) -> str:
    """Return the name of the file that holds the waivers of a language."""
    return f"{lang}.waivers.toml"


def no_waivers(lang: str) -> tuple[Waiver, ...]:
    """Return no waivers for any language, where there is no folder that holds them."""
    return ()


def read_waivers(data: bytes, name: str) -> tuple[Waiver, ...]:
    """Read a file of ``[[waiver]]`` tables with ``check``, ``segment`` and ``reason``.

    Raises:
        ImportRefused: bad TOML, an unknown key, or a waiver without a reason.
    """
    remedy = "Each [[waiver]] has check, segment and reason, as text."
    try:
        found = msgspec.convert(toml.loads(data.decode("utf-8")), _Waivers).waiver
    except (UnicodeDecodeError, toml.Wrong, msgspec.ValidationError) as error:
        raise refuse(
            "waivers", f"the waivers cannot be read: {error}", remedy, Place(name)
        ) from None
    if any(not one.reason.strip() for one in found):
        raise refuse("waivers", "a waiver has no reason", remedy, Place(name))
    return found


def unwaived(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
    """Return the findings that stand: errors always but for ``WAIVABLE``, unless waived others."""
    waived = {(one.check, one.segment) for one in waivers}
    return tuple(
        one
        for one in findings
        if (one.severity is Severity.ERROR and one.check not in WAIVABLE)
        or not {(one.check, one.segment), (one.check, "*")} & waived
    )
