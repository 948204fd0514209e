"""The programs that Faircopy calls, and how each comes onto a machine.

One list for whoever needs it: `faircopy.core.process` names the package when a program is missing,
`faircopy.doctor` examines and installs, CI installs what the judges need.
"""

from __future__ import annotations

import shutil
import sys
from enum import StrEnum

import msgspec


class Need(StrEnum):
    """What cannot be done without a tool."""

    BUILD = "build"
    CHECK = "check"
    EXTRA = "extra"


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A program outside Python.

    Attributes:
        program: the name that it is called by.
        also: other names of the same program, tried in order.
        needed_for: the first task that stands still without it.
        purpose: what it does for us, in a few words.
        version: arguments that make it print its version.
        answer: the exit code with which it does that.
        debian: the packages of Debian and Ubuntu that bring it.
        brew: Homebrew's formula or cask.
    """

    program: str
    needed_for: Need
    purpose: str
    debian: tuple[str, ...]
    brew: str
    also: tuple[str, ...] = ()
    version: tuple[str, ...] = ("--version",)
    answer: int = 0

    def path(self) -> str | None:
        """Return where the program is, or None."""
        found = (shutil.which(name) for name in (self.program, *self.also))
        return next((path for path in found if path), None)

    def install_command(self, *, platform: str = sys.platform) -> str:
        """Return the line to type on ``platform`` (as in ``sys.platform``)."""
        return install_command((self,), platform=platform)


COLPROF = Tool(
    program="colprof",
    needed_for=Need.EXTRA,
    purpose="makes the colour profile of the press file (--print)",
    debian=("argyll", "icc-profiles-free"),
    brew="argyll-cms",
    version=("-?",),
    answer=1,
)

TOOLS = (
    Tool(
        program="npm",
        needed_for=Need.CHECK,
        purpose="installs the fonts and the checkers that only npm has",
        debian=("npm",),
        brew="node",
    ),
    Tool(
        program="node",
        needed_for=Need.CHECK,
        purpose="runs the checkers of EPUB accessibility and DOCX",
        debian=("nodejs",),
        brew="node",
    ),
    Tool(
        program="java",
        needed_for=Need.CHECK,
        purpose="runs EPUBCheck and veraPDF",
        debian=("default-jre-headless",),
        brew="openjdk",
        version=("-version",),
    ),
    Tool(
        program="pdftotext",
        needed_for=Need.CHECK,
        purpose="reads the words of a PDF back",
        debian=("poppler-utils",),
        brew="poppler",
        version=("-v",),
    ),
    Tool(
        program="pdfinfo",
        needed_for=Need.CHECK,
        purpose="reads the structure of a PDF back",
        debian=("poppler-utils",),
        brew="poppler",
        version=("-v",),
    ),
    Tool(
        program="qpdf",
        needed_for=Need.CHECK,
        purpose="checks the syntax of a PDF",
        debian=("qpdf",),
        brew="qpdf",
    ),
    Tool(
        program="soffice",
        also=("libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        needed_for=Need.CHECK,
        purpose="opens a DOCX as an editor would",
        debian=("libreoffice-writer",),
        brew="--cask libreoffice",
    ),
    Tool(
        program="chromium",
        also=("chromium-browser", "google-chrome", "google-chrome-stable"),
        needed_for=Need.CHECK,
        purpose="opens an EPUB as a reader would",
        debian=("chromium",),
        brew="--cask chromium",
    ),
    Tool(
        program="hunspell",
        needed_for=Need.EXTRA,
        purpose="looks up the spelling of a manuscript's words",
        debian=(
            "hunspell",
            "hunspell-ar",
            "hunspell-de-de",
            "hunspell-en-gb",
            "hunspell-en-us",
            "hunspell-fr",
            "hunspell-he",
            "hunspell-kk",
            "hunspell-ru",
            "hunspell-tr",
        ),
        brew="hunspell",
    ),
    Tool(
        program="localc",
        also=("/Applications/LibreOffice.app/Contents/MacOS/soffice",),  # which has all of it
        needed_for=Need.EXTRA,
        purpose="saves a bundle's spreadsheets as a translator's does",
        debian=("libreoffice-calc",),
        brew="--cask libreoffice",
    ),
    Tool(
        program="msgfmt",
        also=("msgcat",),
        needed_for=Need.EXTRA,
        purpose="checks a PO file as translators' tools do",
        debian=("gettext",),
        brew="gettext",
    ),
    Tool(
        program="omegat",
        needed_for=Need.EXTRA,
        purpose="opens a translator's bundle as a translator would",
        debian=("omegat",),
        brew="--cask omegat",
        version=("--help",),  # it has no other that ends by itself
    ),
    COLPROF,
)
"""Every program, each once, in the order in which an edition meets them."""


PANGO = Tool(
    program="pango",
    needed_for=Need.BUILD,
    purpose="sets the text of a PDF",
    debian=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    brew="pango",
)
"""No program but a library, which WeasyPrint loads."""


def tool(program: str) -> Tool | None:
    """Return what is known of ``program``, or None."""
    return next((item for item in TOOLS if program in (item.program, *item.also)), None)


def debian_packages(tools: tuple[Tool, ...]) -> tuple[str, ...]:
    """Return the packages that bring ``tools``, each once, in order."""
    return tuple(dict.fromkeys(package for item in tools for package in item.debian))


def install_command(tools: tuple[Tool, ...], *, platform: str = sys.platform) -> str:
    """Return the line to type on ``platform`` that installs ``tools``."""
    if platform == "darwin":
        formulas = dict.fromkeys(item.brew for item in tools)
        plain = [name for name in formulas if not name.startswith("--cask ")]
        casks = [name.removeprefix("--cask ") for name in formulas if name.startswith("--cask ")]
        lines = [f"brew install {' '.join(plain)}"] if plain else []
        lines += [f"brew install --cask {' '.join(casks)}"] if casks else []
        return " && ".join(lines)
    return f"sudo apt-get install --no-install-recommends {' '.join(debian_packages(tools))}"
