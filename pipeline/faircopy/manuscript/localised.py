"""Pictures of a language's own: the Urdu edition shows ``map.ur.png`` in place of ``map.png``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from faircopy.core.diagnostics import Place
from faircopy.core.model import Asset
from faircopy.languages.tags import primary
from faircopy.manuscript.named import Elsewhere, inside

_TRANSLATIONS = "translations"
_NAMES = (".png", ".svg", ".jpg", ".jpeg", ".gif")

Variants = Mapping[str, Mapping[str, str]]
"""By language, the address of a picture and that of the language's own."""


def variants(folder: Path, urls: Iterable[str]) -> dict[str, dict[str, str]]:
    """Find the pictures that are there for the languages of a manuscript's translations.

    The tag stands before the end of the name, whole or its first part; the end may be another.
    """
    langs = sorted(path.stem for path in folder.glob(f"{_TRANSLATIONS}/[!.]*.xlf"))
    wanted = dict.fromkeys(urls) if langs else {}
    found: dict[str, dict[str, str]] = {}
    for lang in langs:
        for url in wanted:
            own = next((name for name in _names(url, lang) if _is_there(folder, name)), "")
            if own:
                found.setdefault(lang, {})[url] = own
    return found


def _names(url: str, lang: str) -> Iterator[str]:
    path = PurePosixPath(url)
    if not path.name:
        return
    for tag in dict.fromkeys((lang, primary(lang))):
        for end in dict.fromkeys((path.suffix, *_NAMES)):
            yield str(path.with_name(f"{path.stem}.{tag}{end}"))


def _is_there(folder: Path, url: str) -> bool:
    try:
        return inside(folder, url).is_file()
    except (Elsewhere, OSError):
        return False


def wanted(found: Variants, places: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """Yield the addresses of the languages' own pictures, with the place of what they replace."""
    for one in found.values():
        yield from ((own, places[url]) for url, own in one.items())


def pictures(found: Variants, assets: Mapping[str, Asset]) -> dict[str, dict[str, Asset]]:
    """Return the pictures of each language, by the address of what they replace."""
    return {
        lang: {url: assets[own] for url, own in one.items() if own in assets}
        for lang, one in found.items()
    }


def apart(found: Variants, assets: Mapping[str, Asset], urls: Iterable[str]) -> dict[str, Asset]:
    """Return the assets of the manuscript's own language, without those of others."""
    own = set(urls)
    others = {name for one in found.values() for name in one.values()} - own
    return {url: asset for url, asset in assets.items() if url not in others}
