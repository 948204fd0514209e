"""The profile of the printing condition, which a PDF/X-4 file carries (ISO 15930-7, 6.4.2.1).

A printer gives a profile of its own. Without one it is made by Argyll from the published
measurements of the condition, which Debian's ``icc-profiles-free`` has under the zlib licence; it
is kept by the hash of what it is made from.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from faircopy.core import files, process
from faircopy.core.diagnostics import EditionError, ToolError
from faircopy.core.tools import COLPROF
from faircopy.theme import Theme, kept, where

DATA = (Path("/usr/share/color/icc"), Path("/usr/local/share/color/icc"))
"""Folders in which the measurements of printing conditions may lie."""

_RECIPE = ("-qm", "-bl", "-nP", "-nS", "-l300", "-kz")
"""Medium tables towards colour; no more than 300 % of ink; as little black as will do."""

_TOKEN = ("press", "profile")
_SECONDS = 600.0
_HEADER = 128
_DATE = slice(24, 36)
_NEWEST = (4, 2)
"""ICC.1:2004-10 (version 4.2) is the newest that PDF 1.6 knows (ISO 32000-1, table 66)."""


class Condition(msgspec.Struct, frozen=True):
    """A characterised printing condition: its registered name, what it is, and its profile."""

    name: str
    description: str
    profile: bytes


def condition(theme: Theme, cache: Path | None = None) -> Condition:
    """Return the printing condition that a theme names.

    A profile that is made is kept in ``cache``, by default the theme's; one that is lost is
    made again, in half a minute.

    Raises:
        EditionError: the theme's profile is missing, or not one of a four-colour press.
        ToolError: there is none, and what would make it is not installed.
    """
    wanted = theme.press
    if wanted.profile:
        path = theme.base / wanted.profile
        data = _read(path, theme)
    else:
        path = _measurements(wanted.condition)
        data = _made(path, wanted.condition, cache or theme.store / "press")
    fault = _fault(data)
    if fault:
        raise EditionError.because(
            "press-profile",
            f"{path.name} is no profile for this press: {fault}.",
            "Ask your printer for the ICC profile of the paper and press (CMYK, output).",
            where(theme, *_TOKEN) if wanted.profile else None,
        )
    return Condition(wanted.condition, _description(data) or wanted.condition, data)


def _read(path: Path, theme: Theme) -> bytes:
    try:
        return files.read(path, within=theme.base)
    except OSError as error:
        raise EditionError.because(
            "press-profile",
            f"The theme's profile {path.name} cannot be read: {error.strerror}.",
            f"Put it into the folder {path.parent.name}/, beside the theme.",
            where(theme, *_TOKEN),
        ) from error


def _measurements(name: str) -> Path:
    """Return the file with the measurements of a condition."""
    found = (folder / f"{name}L.ti3" for folder in DATA)
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        raise ToolError.because(
            "press-profile-missing",
            f"There is no profile of the printing condition {name}, and no data to make it of.",
            f"Install the data: {COLPROF.install_command()}. Or name your printer's profile in "
            f'the theme: [press] profile = "….icc".',
        )
    return path


def _made(measurements: Path, name: str, cache: Path) -> bytes:
    """Return the profile of measurements, made unless it is kept."""
    data = measurements.read_bytes()
    key = hashlib.sha256(data + repr(_RECIPE).encode()).hexdigest()[:24]
    with _alone(cache):
        return kept.file(cache, f"{name}-{key}", ".icc", lambda: _profiled(data, name)).read_bytes()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one worker at a time make a profile; the others find it made."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _profiled(data: bytes, name: str) -> bytes:
    """Make the profile of measurements with Argyll."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "press.ti3").write_bytes(data)
        about = ["-D", f"{name}, from its characterisation data", "-A", "Faircopy", "-M", name]
        rights = ["-C", "No copyright, use freely"]
        command = [COLPROF.program, *_RECIPE, *about, *rights, "-O", "press.icc", "press"]
        process.run(command, timeout=_SECONDS, cwd=Path(folder))
        return _undated(Path(folder, "press.icc").read_bytes())


def _undated(profile: bytes) -> bytes:
    """Take the time of making out of a profile's header (ICC.1:2004-10, 7.2.8)."""
    date = struct.pack(">6H", 1980, 1, 1, 0, 0, 0)
    return profile[: _DATE.start] + date + profile[_DATE.stop :]


def _fault(profile: bytes) -> str:
    """Say what makes these bytes no output profile of four colours (ICC.1:2004-10, 7.2)."""
    if len(profile) < _HEADER or profile[36:40] != b"acsp":
        return "it is no ICC profile"
    if profile[12:16] != b"prtr":
        return "it is not of an output device"
    if profile[16:20] != b"CMYK":
        return "its colours are not cyan, magenta, yellow and black"
    if (profile[8], profile[9] >> 4) > _NEWEST:
        return f"its version, {profile[8]}.{profile[9] >> 4}, is newer than 4.2"
    return ""


def _description(profile: bytes) -> str:
    """Return the name that a profile gives itself."""
    from PIL import ImageCms

    try:
        return str(
            ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(profile)))
        ).strip()
    except (OSError, ImageCms.PyCMSError) as error:
        raise EditionError.because(
            "press-profile", f"The ICC profile cannot be read: {error}.", "Ask for another."
        ) from error
