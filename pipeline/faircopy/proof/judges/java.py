"""Start Java within this process, for the programs ``verapdf_run`` and ``epubcheck_run``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_OPTIONS = ("-Xmx1g", "-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""It compiles no more than it must: it lives for seconds."""


def start(jars: Sequence[str]) -> Any:
    """Start Java, which a process can do once, and return JPype, which reaches its classes."""
    import jpype

    jpype.startJVM(*_OPTIONS, classpath=list(jars), convertStrings=True)
    return jpype
