"""The theme as values for a style sheet.

A sheet in ``styles/`` names tokens as ``var(--name)``; ``fill`` puts their values in. Doing it
ourselves is needed within ``@page``, where WeasyPrint resolves no variables, and finds a name
that no token has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from faircopy.core.diagnostics import Place, ThemeError
from faircopy.theme import fonts
from faircopy.theme.tokens import MM, Face, Page, Script, Style, Theme

DISPLAY = 0.75
"""A title's leading as a share of its script's: large letters are set tighter than the text."""

HEAD_TRACKING = 0.12
"""Em that are added between the letters of the outlet in running heads."""

_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


def fill(sheet: str, values: Mapping[str, str], *, file: str) -> str:
    """Return ``sheet`` with every ``var(--name)`` replaced by its value.

    Raises:
        ThemeError: the sheet names a token that there is not; with the line in ``file``.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] in values:
            return values[match[1]]
        near = get_close_matches(match[1], values, 1)
        raise ThemeError.because(
            "style-token-unknown",
            f"The style sheet names the unknown token --{match[1]}.",
            f'Did you mean "--{near[0]}"?' if near else "See pipeline/faircopy/theme/css.py.",
            Place(file, sheet.count("\n", 0, match.start()) + 1),
        )

    return _VARIABLE.sub(value, sheet)


def families(theme: Theme, voice: str, script: Script) -> tuple[str, ...]:
    """Return the families for a voice, best first, with every other family after them.

    A script's own family comes first; the theme's voice draws what it lacks (Latin within
    Arabic), and the rest of the families what that lacks (Hebrew within English).
    """
    own = script.sans if voice == "sans" else script.text
    first = ([own] if own and voice != "mono" else []) + [getattr(theme.font, voice)]
    voices = {getattr(theme.font, name) for name in theme.font.__struct_fields__}
    rest = dict.fromkeys(face.family for face in theme.faces if face.family not in voices)
    fallback = [theme.font.sans] if voice != "sans" else [theme.font.text]
    return tuple(dict.fromkeys([*first, *fallback, *rest]))


def faces_of(theme: Theme, voice: str, lang: str) -> tuple[Face, ...]:
    """Return the installed faces that a voice's first family has, upright and regular first."""
    for family in families(theme, voice, theme.script(lang)):
        faces = [face for face in theme.faces if face.family == family and fonts.installed(face)]
        if faces:
            return tuple(sorted(faces, key=lambda face: (face.italic, face.weight)))
    return tuple(filter(fonts.installed, theme.faces))


def page_values(theme: Theme, page: Page, lang: str) -> dict[str, str]:
    """Return the values of a printed page's sheet: lengths in points, colours, font families."""
    script = theme.script(lang)
    styles = scaled(page, script)
    lead = styles["body"].lead
    values = {
        **_geometry(page, lead),
        **_colours(theme),
        **_families(theme, script),
        **_styles(styles),
        **_spaces(page, lead),
        **_voices(theme, page, script, styles["body"]),
    }
    return {name.replace("_", "-"): value for name, value in values.items()}


def scaled(page: Page, script: Script) -> dict[str, Style]:
    """Return the page's styles by name, in the sizes and leadings of a script."""
    styles: dict[str, Style] = {}
    for name in page.style.__struct_fields__:
        style: Style = getattr(page.style, name)
        size = style.size * script.size * (script.title_scale if name == "title" else 1)
        deep = script.lead * (DISPLAY if name == "title" else 1)
        lead = max(style.lead, round(size * deep * 2) / 2) if script.lead else style.lead
        styles[name] = Style(round(size, 2), lead)
    return styles


def points(value: float) -> str:
    """Write a length in points."""
    return f"{value:.3f}".rstrip("0").rstrip(".") + "pt"


def _geometry(page: Page, lead: float) -> dict[str, str]:
    lines = int(page.lines * page.lead / lead + 1e-6)
    room = 0.001  # for rounding: a page a hair too low would lose its last line
    bottom = page.height - page.top - lines * lead / MM - room
    inner, outer = f"{page.inner:g}mm", f"{page.outer:g}mm"
    return {
        "page-width": f"{page.width:g}mm",
        "page-height": f"{page.height:g}mm",
        "page-top": f"{page.top:g}mm",
        "page-bottom": f"{bottom:.3f}mm",
        "page-inner": inner,
        "page-outer": outer,
        "columns": str(page.columns) if page.columns > 1 else "auto",  # keeps margins off page tops
        "gap": f"{page.gap:g}mm",
        "title-measure": f"{page.title_measure:g}mm",
        "standfirst-measure": f"{page.standfirst_measure:g}mm",
        "figure-height": points(lines * lead * 0.6),
    }


def _colours(theme: Theme) -> dict[str, str]:
    names = ("paper", "ink", "muted", "accent", "ornament", "rule", "tint")
    return {name: getattr(theme.colour, name) for name in names}


def _families(theme: Theme, script: Script) -> dict[str, str]:
    return {
        f"family-{voice}": _listed(theme, voice, script) for voice in theme.font.__struct_fields__
    }


def _listed(theme: Theme, voice: str, script: Script) -> str:
    return ", ".join(f"'{name}'" for name in families(theme, voice, script))


def _styles(styles: Mapping[str, Style]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, style in styles.items():
        values[f"size-{name}"] = points(style.size)
        values[f"lead-{name}"] = points(style.lead)
    return values


def _spaces(page: Page, lead: float) -> dict[str, str]:
    names = page.space.__struct_fields__
    unit = lead / max(1, round(lead / page.lead))  # tall scripts take half a line for a line
    spaces = {f"space-{name}": points(getattr(page.space, name) * unit) for name in names}
    rules = {
        f"rule-{name}": points(getattr(page.rule, name)) for name in page.rule.__struct_fields__
    }
    return {
        **spaces,
        **rules,
        "lead": points(lead),
        "line": points(unit),
        "half-lead": points(unit / 2),
        "kicker-padding": points(unit / 2 - page.rule.opener),
        "pull-quote-padding": points(unit / 2 - page.rule.pull_quote),
        "column-rule": points(page.rule.hairline if page.columns > 1 else 0),
    }


_DOTS = {"none": "none", "under": "underline dotted", "over": "overline dotted"}
"""WeasyPrint 70 knows no ``text-emphasis``."""


def _voices(theme: Theme, page: Page, script: Script, body: Style) -> dict[str, str]:
    text = theme.text
    indent = text.indent if script.indent is None else script.indent
    hyphens = "auto" if script.hyphens == "auto" else "manual"
    tracking = text.small_caps_tracking if script.tracking else 0
    coloured = not script.italic and script.dots == "none"
    slanted = text.question == "italic" and script.italic
    small = text.speaker == "small-caps" and script.small_caps
    return {
        "align": "justify" if page.justify and script.justify else "start",
        "hyphens": hyphens,
        "hyphen-limits": f"{text.hyphen_word} {text.hyphen_before} {text.hyphen_after}",
        "italic": "italic" if script.italic else "normal",
        "emphasis-colour": theme.colour.accent if coloured else "inherit",
        "emphasis-line": _DOTS[script.dots],
        "strong-family": _listed(theme, "sans", script) if script.dots != "none" else "inherit",
        "indent": f"{indent:g}em",
        "list-indent": f"{text.list_indent:g}em",
        "latin": f"{script.latin:g}em",
        "numerals": script.numerals,
        "superior": f"{text.superior_scale:g}em",
        "size-note-call": points(body.size * text.superior_scale),
        "question-weight": "400" if slanted else "700",
        "question-style": "italic" if slanted else "normal",
        "speaker-features": "'smcp', 'onum'" if small else "normal",
        "speaker-tracking": f"{tracking if small else 0:g}em",
        "speaker-family": _listed(theme, "text" if small else "sans", script),
        "small-caps-features": "'smcp', 'onum'" if script.small_caps else "normal",
        "small-caps-tracking": f"{tracking:g}em",
        "acronym-features": "'c2sc', 'smcp', 'onum'" if script.small_caps else "normal",
        "acronym-tracking": f"{tracking and 0.04:g}em",
        "title-tracking": f"{text.title_tracking if script.tracking else 0:g}em",
        "kicker-tracking": f"{text.kicker_tracking if script.tracking else 0:g}em",
        "head-tracking": f"{HEAD_TRACKING if script.tracking else 0:g}em",
        "outlet-tracking": f"{text.outlet_tracking if script.tracking else 0:g}em",
        "drop-cap-box": points(text.drop_cap_lines * body.lead - 1),  # or a line more is indented
        "end-mark": points(body.size * text.end_mark_scale * 0.62),
    }
