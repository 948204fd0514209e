"""What the tasks of ``./inv`` have in common: words to options, findings to exit codes.

Nothing but invoke is imported with this module: its loading is part of every task's time.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import ParamSpec

from invoke.config import Config
from invoke.exceptions import Exit, ParseError
from invoke.parser.argument import Argument
from invoke.program import Program
from invoke.tasks import Task

from faircopy.core.door import typed
from faircopy.core.scratch import Ended

_HELP = "--help"
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
ENDED = 143
"""Exit code after SIGTERM."""

AS_JSON = "print one JSON document for machines instead of text"
MANUSCRIPTS = "folder under source/, or several with commas (default: all)"
"""What the help says of options that many tasks have."""

P = ParamSpec("P")


def listed(text: str) -> tuple[str, ...]:
    """Return the values of an option that takes several, with commas or spaces between them."""
    return tuple(text.replace(",", " ").split())


def answering(body: Callable[P, bool]) -> Callable[P, None]:
    """Make a task of a function that says whether all is right: the exit code is 0 only then.

    What was refused is shown with its findings, as JSON where the task's option ``json`` is set.
    """

    @functools.wraps(body)
    def run(*args: P.args, **options: P.kwargs) -> None:
        from faircopy.core.diagnostics import FaircopyError

        if task := _asked_for_help(options.values()):
            raise Exit(
                f"--help stands before the task's name. Write: {typed()} --help {task}", code=1
            )
        try:
            right = body(*args, **options)
        except FaircopyError as error:
            from faircopy.publish import console

            console.refuse(error.diagnostics, json=bool(options.get("json")))
            right = False
        except KeyboardInterrupt as error:
            said = "stopped; every set in dist/ is whole, the old one or the new one"
            raise Exit(said, code=ENDED if isinstance(error, Ended) else INTERRUPTED) from None
        if not right:
            raise Exit(code=1)

    return run


def _asked_for_help(values: Iterable[object]) -> str:
    """Return the task behind whose name ``--help`` stands, which invoke takes for its argument."""
    words = (word for value in values for word in (value if isinstance(value, list) else [value]))
    return sys.argv[sys.argv.index(_HELP) - 1] if _HELP in words and _HELP in sys.argv else ""


class Unconfigured(Config):
    """invoke's options as they come: no file changes them.

    invoke looks for files in ``/etc``, the user's home and beside its tasks, and runs those that
    are Python; where the home is none or is another's, it ends.
    """

    def load_base_conf_files(self) -> None:
        """Read neither ``/etc/invoke.*`` nor ``~/.invoke.*``."""

    def load_project(self, merge: bool = True) -> None:
        """Read no ``invoke.*`` beside the tasks."""


class Door(Program):
    """Invoke's own program, which tells of a task that is not there what was probably meant."""

    def parse_core(self, argv: list[str] | None) -> None:
        """Read invoke's own options; let Python keep what it compiles, which they forbid.

        Compiling our modules takes longer than a rebuild.
        """
        super().parse_core(argv)
        sys.dont_write_bytecode = False

    def parse_tasks(self) -> None:
        """Read the tasks of the command line.

        Raises:
            ParseError: with the nearest task's name, where there is none of the name that is
                written, or an option counts and was given no number.
        """
        try:
            super().parse_tasks()
        except ParseError as error:
            found = _UNKNOWN.fullmatch(str(error))
            known = self.collection.task_names
            if near := found and get_close_matches(found[1], known, 1):
                said = f"There is no task “{found[1]}”. Did you mean: {self.binary} {near[0]}"
                raise ParseError(said, error.context) from None
            raise
        except ValueError as error:  # what `int` says
            word = _NO_NUMBER.search(str(error))
            said = f"“{word[1]}” is no whole number." if word else "That number is too long."
            help_of = self.core.unparsed[0]
            raise ParseError(f"{said} See: {self.binary} --help {help_of}") from None


_UNKNOWN = re.compile("No idea what '(.*)' is!")
"""What invoke says of it."""
_NO_NUMBER = re.compile(r"invalid literal for int\(\) with base 10: '(.*)'")


class Several(Task):  # type: ignore[type-arg]  # no parameter when it runs
    """A task whose one positional argument, its first, may be given several times.

    invoke's own positional arguments take one word each, so there is one for each file that
    stands behind the task's name on the command line.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments and those for further files."""
        known = super().get_arguments(ignore_unknown_help)
        valued = {
            f"-{name}" if len(name) == 1 else f"--{name}"
            for argument in known
            if argument.takes_value
            for name in argument.names
        }
        count = 0
        before = ""
        for word in _behind(self.name, sys.argv):
            count += not word.startswith("-") and before not in valued
            before = word
        name = known[0].name
        more = [Argument(name=f"{name}-{n}", positional=True) for n in range(2, count + 1)]
        return [known[0], *more, *known[1:]]

    def __call__(self, *args: object, **options: object) -> object:
        """Run the task with all that was given in one argument, a list."""
        first = str(super().get_arguments()[0].name)
        more = sorted((name for name in options if name.startswith(f"{first}-")), key=_number)
        given = [options.pop(first), *(options.pop(name) for name in more)]
        return super().__call__(*args, **{first: given}, **options)


class Perhaps(Task):  # type: ignore[type-arg]  # no parameter when it runs
    """A task whose first argument may stand behind its name, or not at all."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """Return the task's arguments; the first is positional where a word is there for it."""
        first, *others = super().get_arguments(ignore_unknown_help)
        behind = _behind(self.name, sys.argv)
        if not behind or behind[0].startswith("-"):
            return [first, *others]
        return [Argument(name=first.name, positional=True, help=first.help), *others]


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def _behind(name: str, words: list[str]) -> list[str]:
    """Return the words behind a task's name, which may stand in a collection: ``a.name``."""
    for number, word in enumerate(words):
        if word.rpartition(".")[2] == name:
            return words[number + 1 :]
    return []
