"""A house's own rules as CSS, for one medium and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from faircopy.theme.css import families
from faircopy.theme.restyling import Declaration, Medium, Rule
from faircopy.theme.tokens import Script, Theme

FAMILY = "font-family"


def written(theme: Theme, lang: str, medium: Medium) -> str:
    """Return the theme's own rules for pages ("print") or EPUB and web ("screen"), "" for none.

    What a script has not (italics, letters apart, broken words) no rule gives it; its own family
    comes before any other, and the theme's of the text behind them. By night,
    colours are those of the night.
    """
    script = theme.script(lang)
    mine = [rule for rule in theme.rules if rule.medium in ("", medium)]
    rest = families(theme, "text", script) if medium == "print" else (theme.font.text,)
    css = "".join(_rules(mine, script, theme.colour, rest))
    if medium == "print":
        return css
    painted = (_coloured(rule) for rule in mine)
    night = "".join(_rules(painted, script, theme.colour.dark, rest))
    return css + (f"@media (prefers-color-scheme: dark) {{\n{night}}}\n" if night else "")


def moves_lines(theme: Theme) -> tuple[str, ...]:
    """Return the selectors of rules for pages that make lines longer, higher or other."""
    mine = (rule for rule in theme.rules if rule.medium in ("", "print") and not rule.paints)
    return tuple(rule.selector for rule in mine)


def _coloured(rule: Rule) -> Rule:
    named = tuple(one for one in rule.declarations if one.colours)
    return Rule(rule.medium, rule.selector, named)


def named(theme: Theme) -> frozenset[str]:
    """Return the families that the theme's own rules name."""
    said = (one for rule in theme.rules for one in rule.declarations if one.name == FAMILY)
    return frozenset(name for one in said for name in _names(one.value))


def _names(value: str) -> list[str]:
    return [name.strip(" \"'") for name in value.split(",")]


def _rules(
    rules: Iterable[Rule], script: Script, colours: object, rest: Sequence[str]
) -> Iterator[str]:
    for rule in rules:
        said = "; ".join(
            f"{one.name}: {_value(one, script, colours, rest)}"
            for one in rule.declarations
            if _is_borne(one, script)
        )
        if said:
            yield f"{rule.selector} {{ {said} }}\n"


def _is_borne(one: Declaration, script: Script) -> bool:
    """Whether a script bears what a rule says."""
    lacking: Mapping[tuple[str, str], bool] = {
        ("font-style", "italic"): not script.italic,
        ("font-variant-caps", "small-caps"): not script.small_caps,
        ("hyphens", "auto"): script.hyphens == "none",
    }
    if one.name == "letter-spacing":
        return script.tracking
    return not lacking.get((one.name, one.value), False)


def _value(one: Declaration, script: Script, colours: object, rest: Sequence[str]) -> str:
    value = one.value
    for name in one.colours:
        value = value.replace(f"var(--{name})", getattr(colours, name))
    if one.name != FAMILY:
        return value
    own = [script.text] if script.text else []
    return ", ".join(f'"{name}"' for name in dict.fromkeys([*own, *_names(value), *rest]))
