"""One job for each manuscript, in processes of their own: what fails is told, the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from faircopy.core.diagnostics import FaircopyError, Place
from faircopy.core.limits import JOB_TIME
from faircopy.publish import crew
from faircopy.publish.budget import Stopped
from faircopy.publish.plan import MANUSCRIPT
from faircopy.publish.project import Project
from faircopy.publish.workers import Workers

T = TypeVar("T")


def each(
    what: str,
    project: Project,
    folders: Sequence[Path],
    job: Callable[..., T],
    *args: Any,
    loaded: Sequence[str] = (),
) -> Iterator[T | FaircopyError]:
    """Call ``job`` with each manuscript's folder, its shown name and ``args``, within a budget.

    Yields the results in the order of the folders, as soon as they are there. Where a manuscript
    was refused, or its job ended for its time or memory, the error is yielded instead, with a
    place; ``what`` names the job. ``loaded`` names modules that the processes have loaded.
    """
    size = min(len(folders), crew.processors())
    with Workers(size, loaded, seconds=JOB_TIME.most) as hands:
        names = [project.shown(folder) for folder in folders]
        asked = [hands.submit(job, *pair, *args) for pair in zip(folders, names, strict=True)]
        for name, promise in zip(names, asked, strict=True):
            try:
                yield promise.result()
            except Stopped as error:
                yield _placed(error.of(what), name)
            except FaircopyError as error:
                yield error


def _placed(error: FaircopyError, name: str) -> FaircopyError:
    place = Place(f"{name}/{MANUSCRIPT}")
    return type(error)(*(msgspec.structs.replace(one, place=place) for one in error.diagnostics))
