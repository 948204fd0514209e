"""In whose forms a language is set: in its own, or not at all.

Chinese and Japanese write many of the same characters in other forms (The Unicode Standard,
section 18.1, "Han Unification"): a text in the other's is legible and wrong.
"""

from __future__ import annotations

import msgspec

from faircopy.languages import locale
from faircopy.theme import fonts
from faircopy.theme.tokens import Face, Theme


def absent(theme: Theme, lang: str) -> tuple[Face, ...]:
    """Return the faces of a language's own families that are not installed."""
    script = theme.script(lang)
    own = [face for face in theme.faces if face.family in (script.text, script.sans)]
    return tuple(face for face in own if not fonts.installed(face))


def proper(theme: Theme, lang: str) -> Theme:
    """Return the theme without the faces that would set a language in another's forms.

    Where its own faces are not installed, those are the families of other languages that draw
    its letters.
    """
    letters = locale(lang).letters
    if not (letters and absent(theme, lang)):
        return theme
    script = theme.script(lang)
    named = {name for one in theme.tokens.script.values() for name in (one.text, one.sans)}
    others = named - {script.text, script.sans}
    wrong = {
        face.family
        for face in theme.faces
        if face.family in others and fonts.installed(face) and _draws(face, letters)
    }
    kept = tuple(face for face in theme.faces if face.family not in wrong)
    return msgspec.structs.replace(theme, tokens=msgspec.structs.replace(theme.tokens, face=kept))


def _draws(face: Face, letters: str) -> bool:
    return len(fonts.missing(letters, (face,))) < len(set(letters))
