"""How a broken rule is said: its clause, what was found, and where."""

from __future__ import annotations

from faircopy.core.diagnostics import Diagnostic, Severity

REMEDY = "The file must not go to a printer; report this with the manuscript."


def breach(rule: str, clause: str, said: str, *, page: int = 0) -> Diagnostic:
    """Return an error for a rule of ISO 15930-7:2010.

    Args:
        rule: its name in our codes, ``pdfx4-<rule>``.
        clause: its number in the standard; "" for a rule of the house.
        said: what was found.
        page: the page, from 1; 0 for the whole file.
    """
    where = f" (page {page})" if page else ""
    source = f"PDF/X-4, {clause}" if clause else "House rule for the press"
    return Diagnostic(f"pdfx4-{rule}", Severity.ERROR, f"{source}: {said}{where}.", REMEDY)
