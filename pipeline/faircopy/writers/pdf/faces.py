"""Which of the theme's faces an edition is given: those it can show, and no more.

A face that isn't needed costs time: it is cut, and Fontconfig reads it. The largest, of
Chinese, has 12 MB.
"""

from __future__ import annotations

from faircopy.theme import Theme, fonts, restyled
from faircopy.theme.tokens import Face

_GENERATED = "‐•◦▪▫☐☑0123456789"
"""What style sheets and WeasyPrint put in themselves."""


def needed(theme: Theme, lang: str, text: str, *, code: bool) -> tuple[Face, ...]:
    """Return the installed faces that can be shown, in the theme's order.

    Args:
        theme: the look.
        lang: the language of the edition.
        text: everything that is shown, and the style sheet.
        code: whether anything is set as code.
    """
    installed = [face for face in theme.faces if fonts.installed(face)]
    script, font = theme.script(lang), theme.font
    voices = {getattr(font, name) for name in font.__struct_fields__}
    own = {name for name in (script.text, script.sans, *voices) if name}
    own |= restyled.named(theme)
    if not code:
        own.discard(font.mono)
    text += _GENERATED
    beyond: set[str] = set()
    for family in own:
        second = font.text if family == font.sans else font.sans  # as in theme.css.families
        drawn = [face for face in installed if face.family in (family, second)]
        beyond.update(fonts.missing(text, drawn))
    others = [face for face in installed if face.family not in own | voices]
    own.update(face.family for face in others if beyond and _draws(face, beyond))
    return tuple(face for face in installed if face.family in own)


def _draws(face: Face, chars: set[str]) -> bool:
    points = fonts.coverage(face)
    return any(ord(char) in points for char in chars)
