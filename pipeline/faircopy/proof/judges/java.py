"""Start Java within this process, for the programs ``verapdf_run`` and ``epubcheck_run``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from faircopy.core import cage

_HOST, _PORT = cage.DEAD.split(":")
_OPTIONS = ("-Xmx1g", "-Djava.awt.headless=true", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""It compiles no more than it must: it lives for seconds."""
CAGED = (
    "-Djava.net.useSystemProxies=false",
    f"-DsocksProxyHost={_HOST}",
    f"-DsocksProxyPort={_PORT}",
    *(f"-D{scheme}.proxyHost={_HOST}" for scheme in ("http", "https", "ftp")),
    *(f"-D{scheme}.proxyPort={_PORT}" for scheme in ("http", "https", "ftp")),
    "-Dhttp.nonProxyHosts=",
    "-Dftp.nonProxyHosts=",
)
"""Java's own switches that take the network away (its guide "Networking Properties")."""


def start(jars: Sequence[str]) -> Any:
    """Start Java, which a process can do once, and return JPype, which reaches its classes."""
    import jpype

    jpype.startJVM(*_OPTIONS, *CAGED, classpath=list(jars), convertStrings=True)
    return jpype
