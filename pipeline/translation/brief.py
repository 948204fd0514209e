"""The style brief: how the target language sets quotations, numbers and the like."""

from __future__ import annotations

from pipeline.passes.locales import locale
from pipeline.translation.job import Job

NAME = "style.txt"


def write(job: Job) -> bytes:
    """Return the conventions that the edition in the job's language follows."""
    there = locale(job.lang)
    quotes, inner = there.double, there.single
    lines = [
        f"How the edition in {job.lang} is set",
        "",
        f"* Quotation marks: {quotes[0]}…{quotes[1]}, and within these {inner[0]}…{inner[1]}."
        " Where a code stands for",
        "  quotation marks, the edition draws them; type none there.",
        f"* Dash between words: {there.dash}   Decimal mark: {there.decimal}",
        f"* Question, answer, contents: “{there.labels.interview}”, “{there.labels.contents}”"
        " and other labels come by themselves.",
        "* Numbers, dates and names: as educated readers of the language expect them;"
        " the same name is spelt the same everywhere.",
        "* Register: that of the source. A quotation keeps its speaker's voice.",
    ]
    if there.dir == "rtl":
        lines += [
            "* The text runs from right to left. Type words and numbers in reading order; put no",
            "  invisible marks of direction: the edition isolates foreign words by itself.",
        ]
    if there.script == "Aran":
        lines.append("* The edition is set in Nastaliq; full stop ۔ comma ، question mark ؟.")
    return ("\n".join(lines) + "\n").encode()
