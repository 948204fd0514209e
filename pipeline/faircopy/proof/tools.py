"""What the judges need beyond a build, for ``doctor`` to examine and install."""

from __future__ import annotations

import json
import shutil
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from faircopy.core import npm, own
from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import Need, Tool, tool

NPM = npm.Kit("judges", "proof/judges", ("install", "--no-save"))
"""``npm ci`` refuses the lock: it misses the parts of the Open XML SDK for other platforms."""

INSTALL = "./inv doctor --install"
"""The command that installs all judges."""

JAXB = Tool(
    program="libjaxb-java",
    needed_for=Need.CHECK,
    purpose="lets veraPDF read its profiles",
    debian=("libjaxb-java",),
    brew="jaxb",
)
_JAVA = Path("/usr/share/java")
_JARS = ("jaxb-runtime.jar", "jaxb-core.jar", "istack-commons-runtime.jar", "txw2.jar")


def package_folder(module: str, package: str) -> Path:
    """Return the folder of an installed Python package.

    Raises:
        ToolError: it is not installed.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise _missing(f"The Python package {package}", INSTALL)
    return Path(spec.origin).parent


def package_version(package: str) -> str:
    """Return a Python package's version.

    Raises:
        ToolError: it is not installed.
    """
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise _missing(f"The Python package {package}", INSTALL) from error


def npm_program(name: str) -> Path:
    """Return a program that npm installed for the judges.

    Raises:
        ToolError: it is not installed.
    """
    packages = npm.packages(NPM, own.folder())
    path = packages.absolute() / ".bin" / name if packages else None
    if path is None or not path.exists():
        raise _missing(f"The npm program {name}", INSTALL)
    return path


def npm_package(name: str) -> Path:
    """Return the folder of a package that npm installed for the judges.

    Raises:
        ToolError: it is not installed.
    """
    packages = npm.packages(NPM, own.folder())
    path = packages.absolute() / name if packages else None
    if path is None or not path.exists():
        raise _missing(f"The npm package {name}", INSTALL)
    return path


def npm_version(package: str) -> str:
    """Return the version of a package that npm installed for the judges.

    Raises:
        ToolError: it is not installed.
    """
    about = npm.folder(NPM, own.folder()) / "node_modules" / package / "package.json"
    try:
        return str(json.loads(about.read_bytes())["version"])
    except (OSError, ValueError, KeyError) as error:
        raise _missing(f"The npm package {package}", INSTALL) from error


def mark(name: str) -> str:
    """Return what tells one version of an installed program from another, without running it.

    The real path, the size and the moment of its last change; for what npm installed, the lock.
    """
    known = tool(name)
    found = known.path() if known else shutil.which(name)
    if found is None:
        return "missing"
    path = Path(found).resolve()
    stat = path.stat()
    return f"{path}:{stat.st_size}:{stat.st_mtime_ns}:{_npm_mark() if name == 'node' else ''}"


def _npm_mark() -> str:
    installed = npm.folder(NPM, own.folder()) / "node_modules" / ".package-lock.json"
    return str(installed.stat().st_mtime_ns) if installed.exists() else "missing"


def jaxb() -> tuple[Path, ...]:
    """Return the jars of Debian's ``libjaxb-java``.

    Raises:
        ToolError: it is not installed.
    """
    found = tuple(_JAVA / name for name in _JARS)
    if not all(path.exists() for path in found):
        raise _missing("The Java library JAXB", JAXB.install_command())
    return found


def _missing(what: str, command: str) -> ToolError:
    return ToolError.because("tool-missing", f"{what} is not installed.", f"Install it: {command}")
