"""Work counted in calls of functions: a busy machine changes nothing, as it would of seconds."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

FASTER = 3.0
"""What doubling may add, by what the doubling before added: 2 is linear, 4 is quadratic."""


def calls(work: Callable[[], object]) -> int:
    """Return how many functions, Python's and C's, are called while some work is done."""
    count = 0

    def hear(_: object, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    gc.collect()
    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def grows_evenly(took: list[int]) -> bool:
    """Whether work keeps pace with sizes; the first pays for what is loaded and remembered."""
    _, two, four, eight = took
    return eight - four <= FASTER * (four - two)
