"""What an examination found, as data and in words."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from faircopy.core.tools import Need


class State(StrEnum):
    """What an examination showed."""

    PRESENT = "present"
    MISSING = "missing"
    BROKEN = "broken"


class Finding(msgspec.Struct, frozen=True):
    """One thing examined.

    Attributes:
        name: what was examined.
        need: what stands still without it.
        state: what came out.
        detail: its version, or what is wrong with it.
        command: the line to type that mends it; "" when it is present.
    """

    name: str
    need: Need
    state: State
    detail: str
    command: str = ""

    @property
    def stops(self) -> bool:
        """Whether nothing can be built before it is mended."""
        return self.state is not State.PRESENT and self.need is Need.BUILD


HEADINGS = {
    Need.BUILD: "Needed for a build",
    Need.CHECK: "Needed for a check",
    Need.EXTRA: "Only for some languages",
}


def describe(findings: tuple[Finding, ...]) -> str:
    """Return what was found as lines for a person, in the order of need."""
    width = max(len(item.name) for item in findings)
    lines = []
    for need, heading in HEADINGS.items():
        group = [item for item in findings if item.need is need]
        lines += ["", heading] if group else []
        for item in group:
            lines.append(f"  {item.state.value:<8} {item.name:<{width}}  {item.detail}")
            lines += [f"{'':11}mend it with: {item.command}"] if item.command else []
    stopping = sum(item.stops for item in findings)
    lacking = sum(item.state is not State.PRESENT for item in findings)
    if stopping:
        verdict = f"{stopping} to mend before anything can be built."
    elif lacking:
        verdict = f"Everything can be built; {lacking} missing, whose checks cannot run."
    else:
        verdict = "Everything can be built and checked."
    return "\n".join([*lines[1:], "", verdict])


def as_json(findings: tuple[Finding, ...]) -> str:
    """Return what was found as a JSON list."""
    return msgspec.json.format(msgspec.json.encode(findings)).decode()
