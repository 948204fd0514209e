"""Reads the texts that an expression of Python may come to, without running it.

What is known at run time only stands as ``…``. A name leads to what it is set to, in its function
or its module; a branch, and a table that is looked up, lead to all their texts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

GAP = "…"
_MOST = 12
"""Texts of one expression, above which only the first are taken."""
_FIELD = re.compile(r"\{\w*\}")

Names = Mapping[str, Sequence[str]]
Shared = Mapping[tuple[str, str], Sequence[str]]
"""Texts of constants, by the dotted name of their module and their own."""


class Module:
    """One module: its tree, and what its names and tables are set to."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.tree = ast.parse(source)
        self.about = (ast.get_docstring(self.tree) or "").partition("\n")[0]
        self.constants = dict(_assigned(self.tree.body))
        self.imported = {
            one.name: node.module
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for one in node.names
        }
        self.functions = {
            node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)
        }
        self.enums = {
            node.name: dict(_members(node))
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ClassDef)
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yield the texts of each row of the module's tables whose rows are tuples."""
        for table in self.constants.values():
            rows = {ast.Tuple: "elts", ast.Dict: "values"}.get(type(table), "")
            for row in getattr(table, rows, ()):
                if isinstance(row, ast.Tuple):
                    yield self._cells(row.elts)

    def made(self) -> Iterator[tuple[str, ...]]:
        """Yield the texts of what the module makes one by one: ``_NAME = Kind("code", "…")``."""
        for made in self.constants.values():
            if isinstance(made, ast.Call):
                yield self._cells(made.args)

    def _cells(self, nodes: Sequence[ast.expr]) -> tuple[str, ...]:
        reader = Reader(self, None, {}, {})
        texts = (text for node in nodes for text in reader.texts(node)[:1])
        return tuple(_FIELD.sub(GAP, text) for text in texts)

    def join(self, others: Mapping[str, Module]) -> None:
        """Take over the enumerations that come from other modules, by their dotted names."""
        for name, dotted in self.imported.items():
            if dotted in others and name in others[dotted].enums:
                self.enums.setdefault(name, others[dotted].enums[name])


def _assigned(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for one, own in zip(names, values, strict=False):
                    if isinstance(one, ast.Name):
                        yield one.id, own
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def _members(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for name, value in _assigned(node.body):
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value.value


class Reader:
    """Reads expressions of one function of a module."""

    def __init__(
        self,
        module: Module,
        function: ast.FunctionDef | None,
        names: Names,
        shared: Shared,
        picked: str = "",
    ) -> None:
        """Take what is known of the function's names, and of constants of other modules.

        ``picked`` is the key for which tables and enumerations are read; all without it.
        """
        self._module = module
        self._function = function
        self._names = names
        self._shared = shared
        self._picked = picked

    def texts(self, node: ast.expr | None) -> tuple[str, ...]:
        """Return the texts that an expression may come to; none where nothing is known."""
        match node:
            case ast.Constant(value=str(text)):
                return (text,)
            case ast.JoinedStr(values=values):
                return self._joined([self._part(value) for value in values])
            case ast.IfExp(body=body, orelse=orelse):
                return (*self.texts(body), *self.texts(orelse))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._joined([self.texts(left) or (GAP,), self.texts(right) or (GAP,)])
            case ast.Name(id=name):
                return self._named(name)
            case ast.Call(func=ast.Attribute() as method):
                return self._method(method, node.args)
            case ast.Subscript(value=ast.Name(id=name)):
                return self._looked_up(name)
            case ast.Attribute(value=ast.Attribute(attr=name), attr="value"):
                return self._of_picked(self._module.enums.get(name.title(), {}))
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                package = self._module.imported.get(module, "")
                return tuple(self._shared.get((f"{package}.{module}", name), ()))
        return ()

    def _method(self, method: ast.Attribute, arguments: Sequence[ast.expr]) -> tuple[str, ...]:
        match method:
            case ast.Attribute(value=value, attr="format"):
                return tuple(_FIELD.sub(GAP, text) for text in self.texts(value))
            case ast.Attribute(value=value, attr="lower"):
                return tuple(text.lower() for text in self.texts(value))
            case ast.Attribute(value=ast.Name(id=name), attr="get"):
                rest = [text for one in arguments[1:] for text in self.texts(one)]
                return self._looked_up(name) or tuple(rest if self.table(name) else ())
        return ()

    def _of_picked(self, table: Mapping[str, str]) -> tuple[str, ...]:
        values = dict.fromkeys(table.values())
        return (self._picked,) if self._picked in values else tuple(values)

    def _looked_up(self, name: str) -> tuple[str, ...]:
        table = self.table(name)
        if self._picked:
            return (table[self._picked],) if self._picked in table else ()
        return tuple(table.values())

    def table(self, name: str) -> dict[str, str]:
        """Return a table of the module, by its keys: texts, or members of an enumeration."""
        table = self._module.constants.get(name)
        if not isinstance(table, ast.Dict):
            return {}
        found: dict[str, str] = {}
        for key, value in zip(table.keys, table.values, strict=True):
            texts = self.texts(value)
            match key:
                case ast.Constant(value=str(text)) if texts:
                    found[text] = texts[0]
                case ast.Attribute(value=ast.Name(id=owner), attr=member) if texts:
                    found[self._module.enums.get(owner, {}).get(member, member)] = texts[0]
        return found

    def _part(self, node: ast.expr) -> tuple[str, ...]:
        inner = node.value if isinstance(node, ast.FormattedValue) else node
        return self.texts(inner) or (GAP,)

    @staticmethod
    def _joined(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
        whole = dict.fromkeys("".join(one) for one in product(*parts))
        return tuple(whole)[:_MOST]

    def _named(self, name: str) -> tuple[str, ...]:
        if name in self._names:
            return tuple(self._names[name])
        found = [] if self._function is None else [*self._set(self._function, name)]
        if not found and name in self._module.constants:
            value = self._module.constants[name]
            found = [*self.texts(value)] if not isinstance(value, ast.Name) else []
        there = self._module.imported.get(name, ""), name
        return tuple(dict.fromkeys(found)) or tuple(self._shared.get(there, ()))

    def _set(self, function: ast.FunctionDef, name: str) -> Iterator[str]:
        """Yield the texts that a name of a function is set to, one at a time or several."""
        for node in ast.walk(function):
            match node:
                case ast.Assign(targets=[ast.Name(id=one)], value=value) if one == name:
                    if name not in {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}:
                        yield from self.texts(value)
                case ast.For(
                    target=ast.Tuple(elts=[ast.Name(id=key), ast.Name(id=value)]),
                    iter=ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr="items")),
                ) if name in (key, value):
                    found = self.table(table)
                    yield from found if name == key else found.values()
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    for target, own in zip(names, values, strict=False):
                        if isinstance(target, ast.Name) and target.id == name:
                            yield from self.texts(own)
