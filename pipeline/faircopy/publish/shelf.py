"""The shelf: ``dist/index.html``, the page from which readers and publishers take the editions.

One static file without anything beside it but the editions that it links to, for any server or
none. Its one script filters what is listed; without it all is shown. It is derived from the sets.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import msgspec

from faircopy.core import toml
from faircopy.core.model import About, Kind
from faircopy.languages.tags import primary
from faircopy.passes.rights import licence_name
from faircopy.publish.manifest import PAGE, FileEntry, SetManifest
from faircopy.publish.syndication import CATALOG, FEED, withdrawn
from faircopy.writers import FORMATS, Format
from faircopy.writers.nodes import named, put

INDEX = PAGE
_COLOURS = ("paper", "ink", "muted", "accent", "rule", "tint")
_READ = ("web", "epub", "pdf")
"""What readers want, as the shelf offers it; the rest stands on the publication's own page."""
_UNITS = ("B", "kB", "MB", "GB")
_ROUNDED = 999.5
"""What three digits round to a thousand."""


def page(sets: Iterable[SetManifest]) -> bytes:
    """Return the page of these sets, the newest first, then by title; the same bytes each time."""
    shown = sorted(sets, key=lambda item: main(item).title.casefold())
    shown.sort(key=lambda item: main(item).date, reverse=True)
    count = h("p", _counted(len(shown), "publication"), id=_id("count"), role="status")
    listed = h("ul", *(h("li", _publication(item)) for item in shown), id=_id("shelf"))
    return _page(
        "Publications",
        h("header", h("h1", "Publications"), _filters(shown), count),
        h("main", listed),
        h("footer", h("p", *_about_sums())),
        script=_read("publish/shelf.js"),
        feeds=_feeds() if any(item.site for item in shown) else (),
    )


def publication(item: SetManifest) -> bytes:
    """Return the page of one set: all its files, what each is for, and how to know it again."""
    about = main(item)
    article = h("article", _picture(item, about, ""), h("div", *_whole(item, about), class_="text"))
    return _page(
        about.title,
        h("header", h("p", h("a", "All publications", href=f"../{INDEX}"), class_="facts")),
        h("main", article),
        h("footer", h("p", *_about_sums())),
    )


def _page(title: str, *body: Element, script: str = "", feeds: Iterable[Element] = ()) -> bytes:
    """Return a page that holds its style and its script, and a policy that lets no other in."""
    css = _tokens() + _read("publish/shelf.css")
    head = h(
        "head",
        h("meta", charset="utf-8"),
        h("meta", http_equiv="Content-Security-Policy", content=_policy(css, script)),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", name="color-scheme", content="light dark"),
        h("title", title),
        *feeds,
        h("style", css),
    )
    scripts = (h("script", script),) if script else ()
    root = h("html", head, h("body", *body, *scripts), lang="en")
    html: bytes = ElementTree.tostring(root, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + html + b"\n"


def _policy(css: str, script: str) -> str:
    scripts = f"'{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; img-src 'self'; style-src '{_digest(css)}'; script-src {scripts}; "
        "base-uri 'none'; form-action 'none'"
    )


def h(name: str, /, *content: Element | str, **attributes: str) -> Element:
    """Return an element with its content in order, of the standard library's tree.

    Every command sees whether the shelf is as it should be, and lxml takes its time to load.
    """
    made = Element(name, {named(key): value for key, value in attributes.items()})
    return cast("Element", put(made, content))


def _feeds() -> Iterator[Element]:
    """Yield where programs find the same as a feed and as a catalogue."""
    for address, kind in ((FEED, "application/atom+xml"), (CATALOG, "application/opds+json")):
        yield h("link", rel="alternate", href=address, type=kind)


def _about_sums() -> Iterator[Element | str]:
    yield "The checksums tell whether a file is what was made here. They are not signed: "
    yield "who could change a file here could change its checksum. All of them: "
    yield h("a", "SHA256SUMS", href="SHA256SUMS")
    yield ", "
    yield h("a", "manifest.json", href="manifest.json")
    yield "."


def _filters(sets: Sequence[SetManifest]) -> Element:
    """Return the field and the choices by which the list is filtered; a script shows them."""
    langs = {lang: name for item in sets for lang, name in _named(item).items()}
    named = sorted(langs.items(), key=lambda one: one[1].casefold())
    kinds = [row for row in FORMATS if any(row.name == e.format for s in sets for e in s.files)]
    return h(
        "form",
        h("label", "Search ", h("input", type="search", id=_id("words"), autocomplete="off")),
        _choice("lang", "Language", named),
        _choice("format", "Format", [(row.name, row.label) for row in kinds]),
        id=_id("filters"),
        role="search",
        hidden="hidden",
    )


def _id(name: str) -> str:
    """Return an id that is no publication's: theirs are slugs, which have no underscore."""
    return f"_{name}"


def _choice(name: str, label: str, values: Sequence[tuple[str, str]]) -> Element:
    options = [h("option", "all", value=""), *(h("option", text, value=v) for v, text in values)]
    return h("label", f"{label} ", h("select", *options, id=_id(name)))


def _publication(item: SetManifest) -> Element:
    """Return a publication as the shelf lists it: in few elements, since there may be thousands."""
    about = main(item)
    place = f"{item.slug}/{INDEX}"
    text = h("div", h("h2", h("a", about.title, href=place, **_speech(about))), class_="text")
    if about.subtitle:
        text.append(h("p", about.subtitle, class_="subtitle", **_speech(about)))
    if why := withdrawn(item):
        text.append(h("p", f"Withdrawn: {why}", class_="draft"))
    if said := _people(about):
        text.append(h("p", *said, class_="people", **_speech(about)))
    text.append(_own(item, about.lang, f"{item.slug}/"))
    total = _counted(len(_taken(item)), "file")
    langs = ", ".join(_named(item).values())
    text.append(h("p", f"{total}: {langs}", class_="facts"))
    article = h("article", _picture(item, about, f"{item.slug}/"), text, id=item.slug)
    article.set("data-words", searched(" ".join((item.slug, *_words(item)))))
    tags = {entry.lang for entry in item.files}
    tags |= {primary(tag) for tag in tags}  # who wants English wants that of any country
    article.set("data-lang", " ".join(sorted(tags)))
    article.set("data-format", " ".join(sorted({entry.format for entry in item.files})))
    return article


def _people(about: About) -> list[Element | str]:
    """Return who made it and when; a date runs from left to right in every language."""
    people = ", ".join(dict.fromkeys(filter(None, (*about.people, about.outlet))))
    said: list[Element | str] = [people] if people else []
    if about.date:
        said += [" · "] if people else []
        said.append(h("time", about.date, datetime=about.date, dir="ltr"))
    return said


def _whole(item: SetManifest, about: About) -> Iterator[Element]:
    """Yield all that is known of a publication, for its own page."""
    yield h("h1", about.title, **_speech(about))
    if about.subtitle:
        yield h("p", about.subtitle, class_="subtitle", **_speech(about))
    if why := withdrawn(item):
        yield h("p", f"Withdrawn: {why}", class_="draft")
    if said := _people(about):
        yield h("p", *said, class_="people", **_speech(about))
    if about.description:
        yield h("p", about.description, **_speech(about))
    if about.licence:
        yield h("p", h("a", licence_name(about.licence), href=about.licence), class_="facts")
    if about.tdm:
        yield h("p", f"Text and data mining: {about.tdm}.", class_="facts")
    if about.releases:
        yield _history(about)
    taken = msgspec.structs.replace(item, files=_taken(item))
    for lang in _langs(item):
        yield from _of_language(taken, lang)


def _history(about: About) -> Element:
    """Return what was published when, the newest first."""
    newest = sorted(about.releases, key=lambda one: one.date, reverse=True)
    told = [f"Version {one.version}, {one.date[:10]}. {one.note}".strip() for one in newest]
    return h("ul", *(h("li", line) for line in told), class_="facts")


def _own(item: SetManifest, lang: str, folder: str) -> Element:
    """Return the links to the editions for readers in the manuscript's own language, in a line."""
    links = h("p", class_="own")
    for entry in _by_format([one for one in item.files if one.lang == lang]):
        if entry.format in _READ:
            links.append(h("a", _label(entry), href=f"{folder}{entry.file}"))
    return links


def _cover(about: About) -> Element:
    """Return a cover drawn of words: what is said in them is said beside it."""
    outlet = [h("span", about.outlet, class_="outlet")] if about.outlet else []
    title = h("span", about.title, class_="title")
    return h("div", *outlet, title, class_="cover", aria_hidden="true", **_speech(about))


def _picture(item: SetManifest, about: About, folder: str) -> Element:
    """Return the cover that came along with an EPUB, else one drawn of words."""
    found = [one for one in item.files if one.format == "cover"]
    found.sort(key=lambda one: (one.lang != about.lang, one.file))
    if not found:
        return _cover(about)
    size = {name: str(found[0].facts.get(name, "")) for name in ("width", "height")}
    source = f"{folder}{found[0].file}"
    return h("img", src=source, alt="", class_="cover", loading="lazy", decoding="async", **size)


def _langs(item: SetManifest) -> tuple[str, ...]:
    """Return the languages that there are files in, the manuscript's own first."""
    known = dict.fromkeys([main(item).lang, *(about.lang for about in item.editions)])
    there = {entry.lang for entry in item.files}
    return tuple(lang for lang in (*known, *sorted(there - set(known))) if lang in there)


def _named(item: SetManifest) -> Mapping[str, str]:
    """Return the same languages, each with its name."""
    names = {about.lang: about.language for about in item.editions if about.language}
    return {lang: names.get(lang, lang) for lang in _langs(item)}


def _of_language(item: SetManifest, lang: str) -> Iterator[Element]:
    entries = [entry for entry in item.files if entry.lang == lang]
    if not entries:
        return
    about = next((one for one in item.editions if one.lang == lang), None)
    name: list[Element | str] = []
    if about and about.title != main(item).title:  # which stands above already
        name = [h("span", about.title, **_speech(about)), " "]
    states = {state for entry in entries if (state := _state(entry))}
    rows = [h("li", *_file(entry)) for entry in _by_format(entries)]
    heading = h("h2", *name, h("span", _named(item)[lang], class_="lang"))
    drafts = (h("p", state, class_="draft") for state in sorted(states))
    told = (h("p", about.disclosure, class_="facts"),) if about and about.disclosure else ()
    yield h("section", heading, *drafts, *told, h("ul", *rows))


def _taken(item: SetManifest) -> tuple[FileEntry, ...]:
    """Return the files that are taken for themselves: pictures of a cover only come along."""
    return tuple(one for one in item.files if _row(one))


def _by_format(entries: Sequence[FileEntry]) -> list[FileEntry]:
    order = {row.name: number for number, row in enumerate(FORMATS)}
    return sorted(entries, key=lambda e: (e.format != "web", order.get(e.format, 99), e.file))


def _file(entry: FileEntry) -> Iterator[Element | str]:
    row = _row(entry)
    yield h("a", _label(entry), href=entry.file, type=entry.media_type)
    facts = [row.use] if row else []
    facts += [_size(entry.bytes)]
    pages = entry.facts.get("pages")
    facts += [_counted(pages, "page")] if isinstance(pages, int) and pages else []
    facts += [f"claims {claims}"] if (claims := _claims(entry)) else []
    yield h("span", "; ".join(facts), class_="facts")
    yield h("code", entry.sha256[:16], title=f"SHA-256: {entry.sha256}")


def _row(entry: FileEntry) -> Format | None:
    return next((row for row in FORMATS if row.name == entry.format), None)


def _label(entry: FileEntry) -> str:
    """Return what a file is called; of two sizes or templates, which of them it is."""
    row = _row(entry)
    label = row.label if row else entry.format
    suffix = f".{row.suffix}" if row else ""
    parts = entry.file.removesuffix(suffix).split(".", 2 if row else -1)[2:]  # 5.5x8.5in
    return " ".join((label, *(part.upper() if part[-1:].isdigit() else part for part in parts)))


def _claims(entry: FileEntry) -> str:
    """Return the standards that the build has established, not the properties of schema.org."""
    said = entry.facts.get("claims", ())
    names = (
        [
            name.removeprefix("dcterms:conformsTo ")
            for name in said
            if not name.startswith("schema:")
        ]
        if isinstance(said, tuple)
        else []
    )
    return ", ".join(names)


def _state(entry: FileEntry) -> str:
    if entry.untranslated:
        return f"Draft translation: {_counted(entry.untranslated, 'sentence')} not translated yet."
    return "Draft translation, not reviewed." if entry.draft else ""


def main(item: SetManifest) -> About:
    """Return what the manuscript's own edition is called: of what was not translated."""
    own = {entry.lang for entry in item.files if entry.format == "bundle"}
    first = next((about for about in item.editions if about.lang in own), None)
    plain = {entry.lang for entry in item.files if not entry.draft}
    second = next((about for about in item.editions if about.lang in plain), None)
    unnamed = About(lang="", dir="ltr", kind=Kind.ARTICLE, title=item.slug)
    return first or second or next(iter(item.editions), unnamed)


def searched(text: str) -> str:
    """Return a text as it is searched, whoever types it: ``shelf.js`` does the same.

    Without capitals, accents and points, and with one apostrophe.
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(char for char in plain if unicodedata.category(char) != "Mn").casefold()


def _words(item: SetManifest) -> Iterator[str]:
    """Yield what is searched: titles and people in every language."""
    for about in item.editions:
        yield from (about.title, about.subtitle, *about.people, about.outlet, about.date)


def _speech(about: About) -> dict[str, str]:
    return {"lang": about.lang, "dir": about.dir} if about.lang else {}


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _size(number: int) -> str:
    """Return a size in units of a thousand (IEC 80000-13), as shops and browsers show it.

    Number and unit stay on one line.
    """
    value, unit = float(number), 0
    while value >= _ROUNDED and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.3g}\N{NO-BREAK SPACE}{_UNITS[unit]}"


@cache
def _tokens() -> str:
    """Return the colours of the theme that comes along, by day and by night, as CSS has them."""
    colour: dict[str, Any] = toml.loads(_read("styles/theme.toml"))["colour"]
    day = {name: colour[name] for name in _COLOURS}
    day |= {f"cover-{name}": value for name, value in colour["cover"].items()}
    night = {name: colour["dark"][name] for name in _COLOURS}
    return f":root{_block(day)}\n@media(prefers-color-scheme:dark){{:root{_block(night)}}}\n"


def _block(values: Mapping[str, str]) -> str:
    return "{" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"


@cache
def _read(name: str) -> str:
    return resources.files("faircopy").joinpath(name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
