"""A formula in words, for readers who hear it.

The input is presentation MathML, as pandoc writes it. In English a formula is spoken ("x
squared over 2"); in other languages it is given in Unicode's plain notation ("x²/2"), which a
screen reader reads in its own words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from faircopy.languages.tags import primary
from faircopy.writers.html import local
from faircopy.writers.markup import Element

_SPOKEN = {
    "=": "equals", "≠": "is not equal to", "≈": "is approximately", "≡": "is equivalent to",
    "<": "is less than", ">": "is greater than",
    "≤": "is less than or equal to", "≥": "is greater than or equal to",
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus",
    "×": "times", "⋅": "times", "·": "times", "∗": "times", "*": "times", "∘": "composed with",
    "÷": "divided by", "/": "over", "∣": "divides", "|": "vertical bar", "%": "per cent",
    "∑": "sum", "∏": "product", "∫": "integral", "∬": "double integral", "∮": "contour integral",
    "∂": "partial", "∇": "nabla", "√": "square root", "∞": "infinity", "∝": "is proportional to",
    "∈": "is in", "∉": "is not in", "⊂": "is a subset of", "⊆": "is a subset of or equal to",
    "∪": "union", "∩": "intersection", "∅": "the empty set", "∀": "for all", "∃": "there exists",
    "¬": "not", "∧": "and", "∨": "or", "⇒": "implies", "⟹": "implies", "⇔": "if and only if",
    "→": "to", "←": "from", "↦": "maps to", "…": "and so on", "⋯": "and so on",
    "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket",
    "{": "open brace", "}": "close brace", "⟨": "open angle bracket", "⟩": "close angle bracket",
    "‖": "double bar", "!": "factorial", "′": "prime", "″": "double prime", "°": "degrees",
    ",": ",", ";": ";", ":": ":", ".": ".", "^": "hat", "¯": "bar", "‾": "bar", "~": "tilde",
    "˙": "dot", "¨": "double dot", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar",
    "\u0307": "dot", "\u0308": "double dot", "\u20d7": "vector",
    "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip
_SILENT = frozenset("\u2061\u2062\u2063\u2064\u200b\u2009\u200a\u2002\u2003\u00a0 ")
_LARGE = frozenset("∑∏∫∬∮⋃⋂")
_PRIMES = frozenset("′″‴")
_ACCENTS = {
    "^": "\u0302",
    "¯": "\u0304",
    "‾": "\u0304",
    "~": "\u0303",
    "˙": "\u0307",
    "→": "\u20d7",
}
_POWERS = {"2": "squared", "3": "cubed", "′": "prime", "″": "double prime", "∘": "degrees"}
_SIMPLE = frozenset({"mi", "mn", "mo", "mtext"})
_UPPER = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWER = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def words(formula: Element, lang: str) -> str:
    """Return a ``math`` element in words, or in plain notation for languages but English."""
    if primary(lang) == "en":
        return " ".join(_speak(formula).split()).replace(" ,", ",").strip(",")
    return unicodedata.normalize("NFC", " ".join(_write(formula).split()))


# --- spoken ------------------------------------------------------------------------------------


def _speak(element: Element) -> str:
    name = local(element)
    if name in _SIMPLE or name == "ms":
        return _say(element.text or "", identifier=name != "mo")
    rule = _SPEAKERS.get(name)
    return rule(list(element)) if rule else _all(list(element))


def _all(parts: list[Element]) -> str:
    return " ".join(_speak(part) for part in parts)


def _first(parts: list[Element]) -> str:
    return _speak(parts[0]) if parts else ""


def _fraction(parts: list[Element]) -> str:
    over, under = parts[0], parts[1]
    if _is_simple(over) and _is_simple(under):
        return f"{_speak(over)} over {_speak(under)}"
    return f"the fraction {_speak(over)} over {_speak(under)}, end of fraction,"


def _root(parts: list[Element]) -> str:
    return _closed("the square root of", parts, "root")


def _nth_root(parts: list[Element]) -> str:
    order = _speak(parts[1])
    kind = {"3": "the cube root of"}.get(order.strip(), f"the root of order {order} of")
    return _closed(kind, parts[:1], "root")


def _closed(opening: str, parts: list[Element], name: str) -> str:
    short = len(parts) == 1 and _is_simple(parts[0])
    return f"{opening} {_all(parts)}" + ("" if short else f", end of {name},")


def _sup(parts: list[Element]) -> str:
    base, power = _speak(parts[0]), parts[1]
    known = _POWERS.get(_plain(power))
    if known:
        return f"{base} {known}"
    return f"{base} {_closed('to the power', [power], 'power')}"


def _sub(parts: list[Element]) -> str:
    if _is_large(parts[0]):
        return f"the {_speak(parts[0])} over {_speak(parts[1])} of"
    return f"{_speak(parts[0])} sub {_speak(parts[1])}"


def _sub_sup(parts: list[Element]) -> str:
    if _is_large(parts[0]):
        return f"the {_speak(parts[0])} from {_speak(parts[1])} to {_speak(parts[2])} of"
    return _sub(parts[:2]) + _sup(parts[1:]).removeprefix(_speak(parts[1]))


def _over(parts: list[Element]) -> str:
    if _is_large(parts[0]):
        return f"the {_speak(parts[0])} up to {_speak(parts[1])} of"
    return f"{_speak(parts[0])} {_speak(parts[1])}"


def _table(parts: list[Element]) -> str:
    rows = [", ".join(_speak(cell) for cell in row) for row in parts]
    spoken = "; ".join(f"row {number}: {row}" for number, row in enumerate(rows, start=1))
    return f"a table of {len(rows)} rows; {spoken}; end of table,"


_SPEAKERS: dict[str, Callable[[list[Element]], str]] = {
    "annotation": lambda parts: "",
    "annotation-xml": lambda parts: "",
    "mfrac": _fraction,
    "mover": _over,
    "mphantom": lambda parts: "",
    "mroot": _nth_root,
    "mspace": lambda parts: "",
    "msqrt": _root,
    "msub": _sub,
    "msubsup": _sub_sup,
    "msup": _sup,
    "mtable": _table,
    "munder": _sub,
    "munderover": _sub_sup,
    "semantics": _first,
}


def _say(text: str, *, identifier: bool) -> str:
    """Say a symbol, a name or a number."""
    plain = unicodedata.normalize("NFKC", text) if identifier else text
    if plain.isascii() and plain.isalnum():
        return f"capital {plain}" if len(plain) == 1 and plain.isupper() else plain
    if len(plain) != 1:
        return plain
    if plain in _SILENT:
        return ""
    return _SPOKEN.get(plain) or _letter(plain)


def _letter(char: str) -> str:
    """Return the name of a Greek letter or a rarer symbol, in lower case."""
    name = unicodedata.name(char, char)
    for prefix, spoken in (("GREEK SMALL LETTER ", ""), ("GREEK CAPITAL LETTER ", "capital ")):
        if name.startswith(prefix):
            return spoken + name.removeprefix(prefix).lower()
    return char if char.isalnum() else name.lower()


# --- written -----------------------------------------------------------------------------------


def _write(element: Element) -> str:
    name = local(element)
    parts = list(element)
    if name in _SIMPLE or name == "ms":
        return _symbol(element.text or "", operator=name == "mo")
    if name in ("annotation", "annotation-xml", "mphantom"):
        return ""
    if name == "mfrac":
        return f"{_group(parts[0])}/{_group(parts[1])}"
    if name == "msqrt":
        inner = "".join(map(_write, parts))
        return "√" + (inner if len(inner) == 1 else f"({inner})")
    if name == "mroot":
        return f"{_shift(_write(parts[1]), _UPPER, '^')}√({_write(parts[0])})"
    if name in ("msub", "munder"):
        return _write(parts[0]) + _shift(_write(parts[1]), _LOWER, "_")
    if name in ("msup", "mover"):
        return _write(parts[0]) + _raised(parts[1], accent=name == "mover")
    if name in ("msubsup", "munderover"):
        low, high = _shift(_write(parts[1]), _LOWER, "_"), _shift(_write(parts[2]), _UPPER, "^")
        return _write(parts[0]) + low + high
    if name == "mtable":
        return "; ".join(", ".join(map(_write, row)) for row in parts)
    return "".join(map(_write, parts))


def _symbol(text: str, *, operator: bool) -> str:
    if text in _SILENT:
        return ""
    spaced = operator and _SPOKEN.get(text, "").split(" ")[0] in (
        "equals", "is", "plus", "minus", "times", "implies", "to", "union", "intersection",
    )  # fmt: skip
    name = not operator and len(text) > 1 and text.isalpha()
    return f" {text} " if spaced or name else text


def _raised(element: Element, *, accent: bool) -> str:
    """Write what stands above or behind a base: a prime, an accent, a power."""
    text = _write(element).strip()
    if text in _PRIMES or (text and all(unicodedata.combining(char) for char in text)):
        return text
    if accent and text in _ACCENTS:
        return _ACCENTS[text]
    return _shift(text, _UPPER, "^")


def _shift(text: str, table: dict[str, str], mark: str) -> str:
    """Raise or lower ``text`` with Unicode's own letters, or else with a mark before it."""
    tight = text.replace(" ", "")
    if tight and all(char in table for char in tight):
        return "".join(table[char] for char in tight)
    return mark + (tight if len(tight) == 1 else f"({text.strip()})")


def _group(element: Element) -> str:
    inner = _write(element).strip()
    return inner if inner.isalnum() else f"({inner})"


# --- the tree ----------------------------------------------------------------------------------


def _is_simple(element: Element) -> bool:
    """Say whether an element is one symbol, name or number, so that its end is heard."""
    while local(element) in ("mrow", "mstyle") and len(element) == 1:
        element = element[0]
    return local(element) in _SIMPLE


def _is_large(element: Element) -> bool:
    return _plain(element) in _LARGE


def _plain(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()
