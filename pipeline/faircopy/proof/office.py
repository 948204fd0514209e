"""LibreOffice without a screen: a Word document turned into another form."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lxml import etree

from faircopy.core import cage, process
from faircopy.core.tools import tool

MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "1000000000"}
"""Variables for glibc's ``malloc`` (mallopt(3)), which others pass over.

It keeps large blocks for the next use instead of giving them back to the system, which would
clear them for LibreOffice again and again: that is half of the time that it takes.
"""

SECONDS = 180.0

_SECURITY = "org.openoffice.Office.Common/Security/Scripting"
_NETWORK = "org.openoffice.Inet/Settings"
_HOST, _PORT = cage.DEAD.split(":")
CAGED = {
    (_SECURITY, "MacroSecurityLevel"): "3",
    (_SECURITY, "DisableMacrosExecution"): "true",
    (_SECURITY, "DisableActiveContent"): "true",
    (_SECURITY, "BlockUntrustedRefererLinks"): "true",
    ("org.openoffice.Office.Writer/Content/Update", "Link"): "2",
    (_NETWORK, "ooInetProxyType"): "2",
    **{(_NETWORK, f"ooInet{scheme}ProxyName"): _HOST for scheme in ("HTTP", "HTTPS", "FTP")},
    **{(_NETWORK, f"ooInet{scheme}ProxyPort"): _PORT for scheme in ("HTTP", "HTTPS", "FTP")},
}
"""LibreOffice's own switches, by their places in its registry: no macro runs, nothing is fetched.

Links are never (2) brought up to date, and its proxy is set by hand (2) to one that is none.
"""
_OOR = "http://openoffice.org/2001/registry"


def program() -> str:
    """Return the path of LibreOffice.

    Raises:
        ToolError: it is missing.
    """
    known = tool("soffice")
    path = known.path() if known else None
    if path is None:
        raise process.missing("soffice")
    return path


def converted(data: bytes, form: str, kind: str = "docx") -> bytes | None:
    """Return a DOCX as LibreOffice saves it in a form (``pdf``, ``fodt``), None if it saves none.

    ``kind`` is what else it is than a DOCX, such as ``rtf``.

    It runs in a room of its own: one that has opened another document before would go on with
    the fonts that were embedded there.

    Raises:
        ToolError: LibreOffice is missing or fails.
    """
    with tempfile.TemporaryDirectory(prefix="faircopy-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "room" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_bytes(_settings())
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        room = f"-env:UserInstallation={(folder / 'room').as_uri()}"
        out = ("--convert-to", form, "--outdir", str(folder))
        command = [program(), "--headless", room, *out, str(source)]
        cage.run(command, timeout=SECONDS, env_add=MEMORY)
        # It ends with 0 whatever it is given.
        saved = source.with_suffix(f".{form}")
        return saved.read_bytes() if saved.is_file() else None


def _settings() -> bytes:
    """Return the profile's settings (OpenOffice.org's configuration, file format of a layer)."""
    root = etree.Element(f"{{{_OOR}}}items", nsmap={"oor": _OOR})
    for (place, name), said in CAGED.items():
        item = etree.SubElement(root, "item", {f"{{{_OOR}}}path": f"/{place}"})
        operation = {f"{{{_OOR}}}name": name, f"{{{_OOR}}}op": "fuse"}
        prop = etree.SubElement(item, "prop", operation)
        etree.SubElement(prop, "value").text = said
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")
