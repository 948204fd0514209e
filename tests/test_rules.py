"""The house rules stand in styles/RULES.md: each that is cited, with a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from faircopy.writers.pdf.setting import rules

ROOT = Path(__file__).parents[1]
RULES = (ROOT / "styles" / "RULES.md").read_text("utf-8")
CODE = re.compile(r"\b[BMPQ][1-9]\b")
PARTS = dict(re.findall(r"^### (\w\d) · [^\n]+\n(.*?)(?=^##|\Z)", RULES, re.M | re.S))


def test_every_rule_that_is_cited_is_there() -> None:
    files = [
        *(path for path in (ROOT / "pipeline" / "faircopy").rglob("*.py")),
        *(ROOT / "styles").glob("*.css"),
        *(ROOT / "styles").glob("*.toml"),
    ]
    cited = {code: path for path in files for code in CODE.findall(path.read_text("utf-8"))}
    assert len(cited) > 10
    assert {code: path.name for code, path in cited.items() if code not in PARTS} == {}


def test_every_rule_is_cited_and_has_a_reason() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    spans = {f"{a}{n}" for a, b, c in re.findall(r"\b([BMPQ])(\d) to \1(\d)", code)
             for n in range(int(b), int(c) + 1)}  # fmt: skip
    assert {rule for rule in PARTS if rule not in spans | set(CODE.findall(code))} == set()
    for rule, text in PARTS.items():
        assert len(text.partition("Held by")[0].split()) > 12, rule


def test_every_test_that_is_said_to_hold_a_rule_is_there() -> None:
    for rule, text in PARTS.items():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text.partition("Held by")[2])
        assert named, rule
        for path, name in named:
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            assert name in found, f"{rule}: {path} has no {name}"


def test_the_numbers_that_lines_are_set_by_are_those_of_the_rules() -> None:
    spelt = {2: "two", 5: "five"}
    assert f"At most {spelt[rules.LADDER]} lines in a row end in a hyphen." in RULES
    assert f"a paragraph has {spelt[rules.RUNT]} characters or more" in RULES
    assert f"No word space grows by more than {rules.STRETCH} em." in RULES
