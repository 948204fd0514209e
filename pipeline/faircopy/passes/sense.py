"""Display lines that break by sense: a short word stays with the word that it leads to.

House rule Q8: no line of a title ends in an article, a preposition or a conjunction of up to
three letters. Longer ones ("with", "between") may, where lines are more even then. In Kazakh,
Turkish and Urdu such words follow what they belong to, and begin no line.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.passes.locales import Locale

NBSP = "\u00a0"
_OPENING, _CLOSING = "“«„‘(", "”»’),:;.?!…"
_LEADING = {
    "en": "a an the of to in on as by at for and or but nor is its his her our my no vs",
    "fr": "à au aux ce ces de des du en et la le les ma mes ou où par sa ses son sur un une",
    "de": "ab am an auf aus bei das dem den der des die ein im in ins ob um und von zu zum zur",
    "ru": "а без в во да для до же за и из или к как ко на над не ни но о об от по под при с со у",
    "ar": "و في من عن مع إلى على لا ما أو",
}

_FOLLOWING = {
    "kk": "мен бен пен үшін туралы",
    "tr": "ile için",
    "ur": "سے کے کی کا کو میں پر نے تک ہے ہیں",
}


def bound(inlines: Inlines, locale: Locale) -> Inlines:
    """Return a text with no-break spaces where words hold on to each other; no word changes."""
    leading = frozenset(["&", *_LEADING.get(locale.language, "").split()])
    following = frozenset(_FOLLOWING.get(locale.language, "").split())
    out: list[Inline] = list(inlines)
    for at in range(1, len(out) - 1):
        before, after = out[at - 1], out[at + 1]
        if not isinstance(out[at], ast.Space | ast.SoftBreak):
            continue
        word = before.c.rpartition(NBSP)[2].lstrip(_OPENING) if isinstance(before, ast.Str) else ""
        next_word = after.c.rstrip(_CLOSING) if isinstance(after, ast.Str) else ""
        if word.casefold() in leading or next_word in following:
            out[at] = ast.Str(NBSP)
    return tuple(out)
