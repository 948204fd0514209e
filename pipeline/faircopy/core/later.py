"""Modules that a library loads but does not use here: loaded at their first use, if any.

Start-up is part of every task's time: invoke with all that it loads takes 0.25 s of the
processor, without what is loaded late 0.17 s; WeasyPrint 0.9 s, without 0.75 s. A library's imports
cannot be changed; what its import finds can.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader


@contextlib.contextmanager
def lazy(*names: str) -> Iterator[None]:
    """Let whoever imports the modules meanwhile have them loaded when they look inside."""
    finder = _Lazy(frozenset(names))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextlib.contextmanager
def postponed(*names: str) -> Iterator[None]:
    """Let whoever takes functions or classes from the modules meanwhile have them load on a call.

    For ``from module import name``, which looks inside at once. What is taken can be called and
    nothing else.
    """
    standing_in = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name in standing_in:
            del sys.modules[name]


class _Lazy:
    """A finder that gives some modules a loader which waits (`importlib.util.LazyLoader`)."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module's spec, if it is one of ours; see ``importlib.abc.MetaPathFinder``."""
        spec = PathFinder.find_spec(name, path, target) if name in self._names else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec


class _Later(types.ModuleType):
    """A module that is not there yet, and gives functions that load it when they are called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: object, **kwargs: object) -> object:
            function: Callable[..., object] = getattr(importlib.import_module(self.__name__), name)
            return function(*args, **kwargs)

        return call
