"""Formulas in words, and in plain notation."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.writers import formulas
from lxml import etree

CASES = (
    ("E = mc^2", "capital E equals m c squared", "E = mc²"),
    (r"\frac{2}{3}", "2 over 3", "2/3"),
    (
        r"\frac{a+b}{2}",
        "the fraction a plus b over 2, end of fraction",
        "(a + b)/2",
    ),
    (r"\sqrt{2}", "the square root of 2", "√2"),
    (r"\sqrt[3]{x+1}", "the cube root of x plus 1, end of root", "³√(x + 1)"),
    (
        r"\sum_{i=1}^{n} x_i",
        "the sum from i equals 1 to n of x sub i",
        "∑_(i = 1)ⁿx_i",
    ),
    (r"\int_0^1 \alpha", "the integral from 0 to 1 of alpha", "∫₀¹α"),
    (r"x^{n+1}", "x to the power n plus 1, end of power", "xⁿ⁺¹"),
    (r"f'(x)", "f prime open parenthesis x close parenthesis", "f′(x)"),
    (r"\overline{x} \ge \hat y", "x bar is greater than or equal to y hat", "x̄ ≥ ŷ"),
    (
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        "open parenthesis a table of 2 rows; row 1: a, b; row 2: c, d; end of table,"
        " close parenthesis",
        "(a, b; c, d)",
    ),
    (r"\mathbb{R} \in \Gamma", "capital R is in capital gamma", "ℝ ∈ Γ"),
)


@pytest.mark.parametrize(("tex", "spoken", "plain"), CASES)
def test_words_in_english_and_plain_notation_elsewhere(tex: str, spoken: str, plain: str) -> None:
    math = ast.Math((ast.MathType("InlineMath"), tex))
    html = pandoc.write((ast.Para((math,)),), "html5", options=["--mathml"])
    formula = next(etree.fromstring(html).iter("{*}math"))
    assert formulas.words(formula, "en-GB") == spoken
    assert formulas.words(formula, "ru") == plain
