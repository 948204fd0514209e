"""Reads where findings are made: each with its code, its weight and its sentences.

A finding is a call of ``Diagnostic`` or of ``….because``, or of a class that becomes one; a
function that makes one of its own arguments is read with the arguments of each call of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from faircopy.core.diagnostics import Severity, whole
from faircopy.explain.literals import GAP, Module, Names, Reader, Shared

_FIELDS = {
    "Diagnostic": ("code", "severity", "message", "remedy", "place"),
    "because": ("code", "message", "remedy", "place"),
    "Unfit": ("code", "message", "remedy"),
    "Remark": ("code", "message", "remedy", "severity"),
    "Problem": ("check", "message", "remedy", "severity"),
    "Finding": ("check", "severity", "segment", "message", "remedy", "place"),
}
_PICTURE = f"The image “{GAP}” "
_OF_PICTURES = ("Unfit", "Remark")
_OF_TRANSLATIONS = ("Problem", "Finding")
_CODE = re.compile(rf"[a-z0-9{GAP}]+(?:-[a-z0-9.{GAP}]+)*")


class Saying(msgspec.Struct, frozen=True, order=True):
    """One form of a finding: what is said, and what to do. ``…`` is known at run time only."""

    message: str
    remedy: str


class Found(msgspec.Struct, frozen=True):
    """What one call makes; ``code`` is "" where it cannot be read."""

    code: str
    severities: tuple[Severity, ...]
    saying: Saying
    about: str
    module: str


def dotted(path: str) -> str:
    """Return the name of the module at a path in the package."""
    return f"faircopy.{path.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"


def scan(modules: Sequence[Module]) -> Iterator[Found]:
    """Yield what each call in the modules makes."""
    shared = {
        (dotted(module.path), name): texts
        for module in modules
        for name, value in module.constants.items()
        if name.isupper() and (texts := Reader(module, None, {}, {}).texts(value))
    }
    helpers = {
        module.path: {
            name: node for name, node in module.functions.items() if _passes_on(node, module)
        }
        for module in modules
    }
    public = {
        (dotted(module.path), name): (module, node)
        for module in modules
        for name, node in helpers[module.path].items()
    }
    for module in modules:
        for function, call in _calls(module):
            here = _Context(module, function, shared)
            name = _called(call)
            own = helpers[module.path].get(name)
            lent = public.get((module.imported.get(name, ""), name))
            if helper := (module, own) if own else lent:
                there, node = helper
                arguments = _arguments(call, _parameters(node))
                names = {k: here.reader().texts(v) or (GAP,) for k, v in arguments.items()}
                inside = _Context(there, node, shared, names, _weights(arguments.values()))
                for inner in _made(node):
                    yield from _read(inside, inner, here)
            elif name in _FIELDS and _is_ours(name, module) and not _is_helper(function, helpers):
                yield from _read(here, call, here)


def _is_helper(
    function: ast.FunctionDef | None, helpers: Mapping[str, Mapping[str, ast.FunctionDef]]
) -> bool:
    return any(function is one for found in helpers.values() for one in found.values())


def _is_ours(name: str, module: Module) -> bool:
    """Whether a class that other rooms have under the same name is that of findings."""
    if name in _OF_PICTURES:
        return module.path.startswith("manuscript/")
    return name not in _OF_TRANSLATIONS or module.path.startswith("translation/")


def _passes_on(function: ast.FunctionDef, module: Module) -> bool:
    """Whether a function makes a finding whose code is one of its own parameters."""
    names = _parameters(function)
    calls = [call for call in _made(function) if _is_ours(_called(call), module)]
    return any(isinstance(code := _code(call), ast.Name) and code.id in names for call in calls)


def _code(call: ast.Call) -> ast.expr | None:
    fields = _arguments(call, _FIELDS[_called(call)])
    return fields.get("code") or fields.get("check")


def _made(function: ast.FunctionDef) -> list[ast.Call]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [call for call in calls if _called(call) in _FIELDS]


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    found = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
    return tuple(name for name in found if name not in ("self", "cls"))


def _calls(module: Module) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
    def within(
        node: ast.AST, function: ast.FunctionDef | None
    ) -> Iterator[tuple[ast.FunctionDef | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            inside = child if isinstance(child, ast.FunctionDef) else function
            if isinstance(child, ast.Call):
                yield function, child
            yield from within(child, inside)

    return within(module.tree, None)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _arguments(call: ast.Call, names: Sequence[str]) -> dict[str, ast.expr]:
    found = dict(zip(names, call.args, strict=False))
    return found | {one.arg: one.value for one in call.keywords if one.arg}


def _weights(nodes: Iterable[ast.AST]) -> tuple[Severity, ...]:
    return tuple(
        Severity[node.attr]
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Severity"
    )


class _Context(msgspec.Struct, frozen=True):
    """Where a finding is made: the module and function, and what its parameters are."""

    module: Module
    function: ast.FunctionDef | None
    shared: Shared
    names: Names = {}
    weights: tuple[Severity, ...] = ()

    def reader(self, picked: str = "") -> Reader:
        return Reader(self.module, self.function, self.names, self.shared, picked)


def _read(there: _Context, call: ast.Call, caller: _Context) -> Iterator[Found]:
    """Yield what one call makes; ``caller`` called the function it stands in, or is the same."""
    kind = _called(call)
    fields = _arguments(call, _FIELDS[kind])
    if (code := _code(call)) is None:
        return
    weights = there.weights or _weights(fields.values()) or _usual(kind, there)
    for picked in _picks(code, there) or ("",):
        reader = there.reader(picked)
        codes = reader.texts(code) or ((picked,) if picked else ())
        if not any(_CODE.fullmatch(one) and one != GAP for one in codes):
            said = [text for text in reader.texts(fields.get("message")) if " " in text]
            yield from _by_rows(kind, code, weights, caller, said=said)
        messages = [_said(kind, text) for text in reader.texts(fields.get("message"))]
        remedies = reader.texts(fields.get("remedy"))
        about = _about(caller, said=bool(messages))
        for at, one in enumerate(dict.fromkeys(codes)):
            name = _named(kind, one)
            if not _CODE.fullmatch(name) or name == GAP:
                continue
            together = len(set(codes)) > 1 and len(messages) == len(set(codes))
            for nth, message in enumerate(messages or [""]):
                if together and nth != at:
                    continue
                paired = bool(messages) and len(remedies) == len(messages)
                remedy = remedies[nth] if paired else (*remedies, "")[0]
                saying = Saying(_whole(message), remedy)
                yield Found(name, weights, saying, about, caller.module.path)


def _named(kind: str, code: str) -> str:
    return f"translation-{code}" if kind in _OF_TRANSLATIONS else code


def _by_rows(
    kind: str,
    code: ast.expr,
    weights: tuple[Severity, ...],
    caller: _Context,
    *,
    said: Sequence[str],
) -> Iterator[Found]:
    """Yield the findings whose codes stand in a table of the module, a row each.

    Its sentences are what is ``said`` where they are made, or stand in the row as well.
    """
    if isinstance(code, ast.Attribute):
        return  # it hands on what was made elsewhere
    path = caller.module.path
    found = caller.module.made() if said else caller.module.rows()
    rows = [row for row in found if row and _CODE.fullmatch(row[0])]
    rest = [tuple(text for text in row[1:] if " " in text) for row in rows]
    told = [(row[0], *said[:1], *own) for row, own in zip(rows, rest, strict=True)]
    for first, message, *remedy in (row for row in told if len(row) > 1):
        yield Found(
            _named(kind, first), weights, Saying(_whole(message), "".join(remedy)), "", path
        )
    if not rows:
        yield Found("", weights, Saying("", ""), "", f"{path}: {ast.unparse(code)}")


def _usual(kind: str, there: _Context) -> tuple[Severity, ...]:
    """Return how much a finding weighs that does not say so where it is made."""
    if kind == "Diagnostic" and there.function:
        found = _weights([there.function])
        return found or (Severity.ERROR, Severity.WARNING)
    return (Severity.WARNING,) if kind in ("Problem", "Remark") else (Severity.ERROR,)


def _about(caller: _Context, *, said: bool) -> str:
    """Return what a lint rule or a judge says of itself, and who makes a finding without words."""
    path = caller.module.path
    if path.startswith("manuscript/lint/") and caller.function:
        return (ast.get_docstring(caller.function) or "").partition("\n")[0]
    return caller.module.about if path.startswith("proof/judges/") or not said else ""


def _whole(message: str) -> str:
    """Return a message as it is shown; what it ends with may be another's words."""
    if message.endswith(GAP):
        return whole(message)
    return whole(message.replace(GAP, "\0")).replace("\0", GAP)


def _said(kind: str, text: str) -> str:
    return f"{_PICTURE}{text}" if kind in _OF_PICTURES else text


def _picks(code: ast.expr, there: _Context) -> tuple[str, ...]:
    """Return the keys by which a code and its sentence are looked up together."""
    for node in ast.walk(code):
        match node:
            case ast.Attribute(value=ast.Attribute(attr=name), attr="value"):
                return tuple(there.module.enums.get(name.title(), {}).values())
    if not isinstance(code, ast.Attribute) or there.function is None:
        return ()
    for node in ast.walk(there.function):
        if isinstance(node, ast.Subscript) and ast.unparse(node.slice) == ast.unparse(code):
            return tuple(there.reader().table(getattr(node.value, "id", "")))
    return ()
