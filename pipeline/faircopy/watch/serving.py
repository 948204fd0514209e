"""The desk as a browser sees it: our page, the news as they come, and what is in the frames."""

from __future__ import annotations

import posixpath
from collections.abc import AsyncIterator
from importlib import resources

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from faircopy.core.diagnostics import FaircopyError
from faircopy.core.door import as_typed
from faircopy.proof.extractors.archive import Archive
from faircopy.watch.desk import WEB, Tab, view
from faircopy.watch.editions import Part
from faircopy.watch.guarding import OURS, App, Guard, strangers
from faircopy.watch.rounds import GivenUp, Rounds

_PAGE = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
}
_TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
}
"""What of a book is shown, by the end of its name; nothing else is handed out."""
_JSON = "application/json"
_EVENTS = "text/event-stream"
_HTML = "text/html; charset=utf-8"


def app(rounds: Rounds, host: str, token: str) -> App:
    """Return the application that shows the desk at ``http://HOST/TOKEN/``."""
    shown = _Shown(rounds, host)
    routes = [
        *(Route(f"/{{token}}/{name}", shown.page, name=name) for name in _PAGE),
        Route("/{token}/news", shown.news),
        Route("/{token}/choose/{slug}", shown.choose, methods=["POST"]),
        Route("/{token}/choose/{slug}/{lang}", shown.choose, methods=["POST"]),
        Route("/{token}/web/{round:int}", shown.web),
        Route("/{token}/pdf/{round:int}/{number:int}.png", shown.page_of_pdf),
        Route("/{token}/docx/{round:int}/{number:int}.png", shown.page_of_word),
        Route("/{token}/docx/{round:int}/paper", shown.paper),
        Route("/{token}/epub/{round:int}/book/{name:path}", shown.document),
        Route("/{token}/{format}/{round:int}/parts", shown.parts),
    ]
    return Guard(Starlette(routes=routes), host, token)


class _Shown:
    """The answers, each to one kind of request."""

    def __init__(self, rounds: Rounds, host: str) -> None:
        self._rounds, self._host = rounds, host

    async def page(self, request: Request) -> Response:
        """Return a file of our own page."""
        name, media = _PAGE[request.url.path.rpartition("/")[2]]
        data = resources.files("faircopy.watch").joinpath(name).read_bytes()
        return Response(data, media_type=media, headers=OURS)

    async def news(self, request: Request) -> Response:
        """Return the desk now and whenever there is another (server-sent events, HTML 9.2)."""

        async def told() -> AsyncIterator[bytes]:
            while True:
                desk = self._rounds.desk
                yield b"data: " + msgspec.json.encode(view(desk)) + b"\n\n"
                if self._rounds.desk is desk:
                    await self._rounds.moved()

        return StreamingResponse(told(), media_type=_EVENTS)

    async def choose(self, request: Request) -> Response:
        """Put another manuscript on the desk, or the same in another language."""
        desk, slug = self._rounds.desk, request.path_params["slug"]
        lang = request.path_params.get("lang", "")
        langs = desk.draft.langs if desk.draft and slug == desk.slug else ()
        if slug not in desk.slugs or (lang and lang not in langs):
            return _gone()
        if (slug, lang) != (desk.slug, desk.lang):
            self._rounds.begin(slug, lang)
        return Response(status_code=204)

    async def web(self, request: Request) -> Response:
        """Return the web page."""
        tab = self._tab(request, WEB)
        if not tab or not tab.edition:
            return _gone()
        data = tab.edition.made.artifact.data
        return Response(data, media_type=_HTML, headers=strangers(self._host))

    async def parts(self, request: Request) -> Response:
        """Return the parts of an edition, and where in them the changed sentence stands."""
        tab = self._tab(request, request.path_params["format"])
        if not tab or not tab.edition:
            return _gone()
        shown = tab.edition
        parts = {"parts": shown.parts, "part": shown.part, "down": shown.down}
        return Response(msgspec.json.encode(parts), media_type=_JSON)

    async def page_of_pdf(self, request: Request) -> Response:
        """Return a page of the PDF as a PNG."""
        tab = self._tab(request, "pdf")
        if not tab or not tab.edition:
            return _gone()
        return await self._picture(request, tab.edition.made.artifact.data, tab.edition.parts)

    async def paper(self, request: Request) -> Response:
        """Return the pages of the Word document as LibreOffice sets it, or why there are none."""
        if not self._tab(request, "docx"):
            return _gone()
        try:
            paper = await self._rounds.printed()
        except GivenUp:
            return _gone()
        except FaircopyError as error:
            said = [f"{one.said} {as_typed(one.remedy)}" for one in error.diagnostics]
            return Response(msgspec.json.encode({"refused": said}), media_type=_JSON)
        return Response(msgspec.json.encode({"parts": paper.parts}), media_type=_JSON)

    async def page_of_word(self, request: Request) -> Response:
        """Return a page of the Word document as LibreOffice sets it, as a PNG."""
        if not self._tab(request, "docx"):
            return _gone()
        try:
            paper = await self._rounds.printed()
        except (FaircopyError, GivenUp):
            return _gone()
        return await self._picture(request, paper.pdf, paper.parts)

    async def _picture(self, request: Request, pdf: bytes, parts: tuple[Part, ...]) -> Response:
        number = request.path_params["number"]
        if number >= len(parts):
            return _gone()
        try:
            data = await self._rounds.picture(pdf, number)
        except (FaircopyError, GivenUp):
            return _gone()
        return Response(data, media_type="image/png")

    async def document(self, request: Request) -> Response:
        """Return a document of the EPUB, or what one shows."""
        tab = self._tab(request, "epub")
        name = request.path_params["name"]
        media = _TYPES.get(posixpath.splitext(name)[1].lower())
        if not tab or not tab.edition or not media:
            return _gone()
        try:
            data = Archive(tab.edition.made.artifact.data).read(name)
        except FaircopyError:
            return _gone()
        return Response(data, media_type=media, headers=strangers(self._host))

    def _tab(self, request: Request, format: str) -> Tab | None:
        """Return a tab, if it has what a request of some round was for."""
        tabs = (tab for tab in self._rounds.desk.tabs if tab.format == format)
        tab = next(tabs, None)
        return tab if tab and tab.round == request.path_params["round"] else None


def _gone() -> Response:
    return Response("There is a newer one, or none.\n", 404, media_type="text/plain")
