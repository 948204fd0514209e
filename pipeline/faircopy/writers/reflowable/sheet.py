"""Style sheets of ``styles/`` with the theme's tokens put in as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from faircopy.core.diagnostics import EditionError
from faircopy.theme import Face, Theme

STYLES = Path(str(resources.files("faircopy"))) / "styles"
EPUB = "epub.css"


def sheet(theme: Theme, lang: str, name: str = EPUB) -> str:
    """Return a style sheet for editions of one language, without its ``@font-face`` rules.

    Raises:
        EditionError: the file names a token that there is not.
    """
    return _filled(_source(name), name, tuple(values(theme, lang).items()))


@lru_cache(maxsize=16)
def _filled(source: str, name: str, known: tuple[tuple[str, str], ...]) -> str:
    """Return the style sheet with these values put in: one for all editions of a language."""
    import tinycss2

    nodes = tinycss2.parse_component_value_list(source, skip_comments=True)
    return str(tinycss2.serialize(list(_resolve(nodes, dict(known), name)))).strip() + "\n"


def foreign(theme: Theme, languages: Iterable[str]) -> str:
    """Return the rules that give runs of other languages the fonts of their scripts."""
    families = {
        lang: _families(script.text, theme.font.text, "serif")
        for lang in sorted(languages)
        if (script := theme.script(lang)).text
    }
    return "\n".join(
        f'[lang="{lang}"] {{\n  font-family: {names};\n}}\n' for lang, names in families.items()
    )


def font_face(face: Face, path: str) -> str:
    """Return the rule that brings in an embedded font; ``path`` is its address."""
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face {{\n  font-family: "{face.family}";\n  font-style: {style};\n'
        f'  font-weight: {face.weight};\n  src: url("{path}");\n}}\n'
    )


def values(theme: Theme, lang: str) -> dict[str, str]:
    """Return the tokens that a style sheet may name, as CSS values."""
    script, epub, voices = theme.script(lang), theme.epub, theme.text
    colour, coloured = theme.colour, not script.italic and script.dots == "none"
    indent = voices.indent if script.indent is None else script.indent
    slanted = voices.question == "italic" and script.italic
    small = voices.speaker == "small-caps" and script.small_caps
    line = script.lead or epub.line_height
    heading_line = script.lead or epub.heading_line_height
    sizes = {
        name.replace("_", "-"): _em(getattr(epub, name))
        for name in epub.__struct_fields__
        if not name.endswith("line_height")
    }
    return {
        **sizes,
        "title": _em(epub.title * script.title_scale),
        "accent": colour.accent,
        "caption-line": _number(heading_line),
        "dark-accent": colour.dark.accent,
        "dark-ink": colour.dark.ink,
        "dark-muted": colour.dark.muted,
        "dark-paper": colour.dark.paper,
        "dark-rule": colour.dark.rule,
        "dark-tint": colour.dark.tint,
        "display": _families(script.text, theme.font.display, "serif"),
        "heading-above": _em(epub.question_above),
        "heading-below": _em(epub.question_below),
        "heading-line": _number(heading_line),
        "hyphens": {"auto": "auto", "soft": "manual", "none": "none"}[script.hyphens],
        "indent": _em(indent),
        "ink": colour.ink,
        "indent-first": _em(indent if script.indent_first else 0),
        "emphasis": colour.accent if coloured else "inherit",
        "emphasis-by-night": colour.dark.accent if coloured else "inherit",
        "emphasis-marks": "none" if script.dots == "none" else "filled dot",
        "emphasis-place": f"{'under' if script.dots == 'under' else 'over'} right",
        "italic": "italic" if script.italic else "normal",
        "kicker-tracking": _em(voices.kicker_tracking if script.tracking else 0),
        "latin": _families("", theme.font.text, "serif"),
        "latin-size": _em(script.latin),
        "line-height": _number(line),
        "list-indent": _em(voices.list_indent),
        "muted": colour.muted,
        "paper": colour.paper,
        "rule": colour.rule,
        "tint": colour.tint,
        "mono": _families("", theme.font.mono, "monospace"),
        "outlet-tracking": _em(voices.outlet_tracking if script.tracking else 0),
        "sans": _families(script.sans, theme.font.sans, "sans-serif"),
        "lead-in": "small-caps" if voices.drop_cap_lines and script.small_caps else "normal",
        "question-weight": "400" if slanted else "700",
        "question-style": "italic" if slanted else "normal",
        "speaker-caps": "small-caps" if small else "normal",
        "speaker-tracking": _em(voices.small_caps_tracking if small else 0),
        "small-caps": "small-caps" if script.small_caps else "normal",
        "subhead": _families(script.text, theme.font.subhead, "serif"),
        "text": _families(script.text, theme.font.text, "serif"),
        "title-line": _number(script.lead or epub.title_line_height),
        "title-tracking": _em(voices.title_tracking if script.tracking else 0),
    }


@cache
def _source(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def _resolve(nodes: Iterable[Any], known: Mapping[str, str], source: str) -> Iterator[Any]:
    """Yield the nodes with each ``var(--name)`` replaced by its value, at any depth."""
    import tinycss2

    for node in nodes:
        if node.type == "function" and node.lower_name == "var":
            name = tinycss2.serialize(node.arguments).strip().removeprefix("--")
            if name not in known:
                raise EditionError.because(
                    "style-token-unknown",
                    f"The style sheet styles/{source} names --{name}, which is no token.",
                    f"Known are: {', '.join(sorted(known))}.",
                )
            yield from tinycss2.parse_component_value_list(known[name])
            continue
        for field in ("content", "arguments"):
            if hasattr(node, field):
                setattr(node, field, list(_resolve(getattr(node, field), known, source)))
        yield node


def _families(first: str, second: str, generic: str) -> str:
    names = dict.fromkeys(name for name in (first, second) if name)
    return ", ".join([*(f'"{name}"' for name in names), generic])


def _em(value: float) -> str:
    return f"{value:g}em" if value else "0"


def _number(value: float) -> str:
    return f"{value:g}"
