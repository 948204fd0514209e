"""What a house says once for all its manuscripts: ``faircopy.toml`` in the project's folder.

The front matter of a manuscript and the options of a task win over it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

import faircopy
from faircopy.core import files, toml
from faircopy.core.diagnostics import EditionError, Place, legible
from faircopy.core.limits import SETTINGS
from faircopy.passes.addresses import is_sound

FILE = "faircopy.toml"


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"
):
    """The keys of ``faircopy.toml``; what is empty is not settled for the house.

    Attributes:
        engine: the version of Faircopy that the editions are made with.
        publisher: who publishes.
        outlet: the newspaper or magazine.
        rights: the copyright line.
        site: the address that the editions are published under.
        languages: the languages that are built when none is named.
        formats: the formats that are built when none is named.
        pages: the sizes of the PDF.
        licence: a licence's address, or its name at Creative Commons.
        tdm: whether text and data mining is reserved or permitted.
        tdm_policy: the address at which the terms of mining stand.
        accessibility: what the house signs of its editions, or its exemption.
        translations: who makes translations, by language.
        print: the size of page that is printed, whose pages the EPUB lists.
        speakers: how speakers are called from their second turn on, by names or initials.
        theme: a theme's name, in ``styles/`` or among those that come along.
    """

    engine: str = ""
    publisher: str = ""
    outlet: str = ""
    rights: str = ""
    site: str = ""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    theme: str = ""
    licence: str = ""
    tdm: str = ""
    tdm_policy: str = ""
    accessibility: Mapping[str, Any] = {}
    translations: Mapping[str, Mapping[str, Any]] = {}
    print: str = ""
    speakers: str = ""

    @property
    def front_matter(self) -> Mapping[str, object]:
        """What stands in for keys that a manuscript leaves out."""
        stated = {name: getattr(self, name.replace("-", "_")) for name in _STAND_IN}
        return {name: value for name, value in stated.items() if value}


KEYS = tuple(field.encode_name for field in msgspec.structs.fields(Settings))
_STAND_IN = (
    *("publisher", "outlet", "rights", "licence"),
    *("tdm", "tdm-policy", "accessibility", "translations", "print", "speakers"),
)


def read(folder: Path) -> Settings:
    """Return the settings of a project; the empty ones where it has no ``faircopy.toml``.

    Raises:
        EditionError: the file cannot be read, is no TOML, or a key is unknown or wrong.
    """
    path = folder / FILE
    try:
        text = files.read(path, within=folder, most=SETTINGS.most).decode("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise EditionError.because(
            "settings-unreadable", f"The file cannot be read: {why}.", "", Place(FILE)
        ) from None
    return parsed(text)


def parsed(text: str) -> Settings:
    """Return the settings that a file's text states.

    Raises:
        EditionError: as `read`.
    """
    try:
        values = toml.loads(text)
    except toml.Wrong as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        spot = (int(found[1]), int(found[2])) if found else (1, 1)
        raise EditionError.because(
            "settings-syntax",
            f"The file is not valid TOML: {str(error).partition(' (at')[0]}.",
            "Mend the line.",
            Place(FILE, *spot),
        ) from None
    for name in values:
        if name not in KEYS:
            near = get_close_matches(name, KEYS, 1)
            known = f"Known are: {', '.join(KEYS)}."
            raise EditionError.because(
                "settings-unknown",
                f"There is no setting “{name}”.",
                f"Did you mean “{near[0]}”?" if near else known,
                _place(text, name),
            )
    try:
        return _with_site(msgspec.convert(values, Settings), text)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        name = re.split(r"[\[`]", where)[0]
        raise EditionError.because(
            "settings-wrong",
            f"The setting “{name}” is wrong: {what}.",
            'A text stands in quotation marks; several in brackets: ["en", "ur"].',
            _place(text, name),
        ) from None


_ADDRESS = re.compile(r"https?://[^\s/<>\"?#]+(?:/[^\s<>\"?#]*)?")


def _with_site(settings: Settings, text: str) -> Settings:
    """Return the settings with a site's address that names of files can be put behind."""
    site = settings.site
    if site and not (legible(site) == site and _ADDRESS.fullmatch(site) and is_sound(site)):
        raise EditionError.because(
            "settings-wrong",
            f"The setting “site” is no address of a site: {site}.",
            "Write it whole, without a question mark: https://www.example.org/editions/",
            _place(text, "site"),
        )
    return msgspec.structs.replace(settings, site=f"{site.rstrip('/')}/" if site else "")


def _place(text: str, name: str) -> Place:
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf'\s*(\[\s*)?"?{re.escape(name)}"?\s*[]=.]', line):
            return Place(FILE, number, 1)
    return Place(FILE)


def hold_to_engine(settings: Settings, version: str = faircopy.__version__) -> None:
    """See that the engine is the one that the project's editions are made with.

    Raises:
        EditionError: it is another, which may set other lines.
    """
    if settings.engine and settings.engine != version:
        raise EditionError.because(
            "engine-differs",
            f"This project's editions are made with Faircopy {settings.engine}; this is {version},"
            " which may make other pages of the same manuscript.",
            f"Run: pip install {faircopy.DISTRIBUTION}=={settings.engine}\n"
            "    Or move the project on, and look at its pages again: ./inv init --move-on .",
            Place(FILE),
        )
