"""Keys that other programs have in front matters, with what to write here instead.

They are those of Hugo, Jekyll, Quarto, Eleventy, Ghost and of pandoc's templates.
"""

from __future__ import annotations

from typing import Final

_WRITE: Final = {
    "keywords": "tags tag categories category subject subjects topics topic",
    "author": "authors creator by writer",
    "lang": "language locale",
    "title": "headline name",
    "subtitle": "sub-title subheading subhead deck",
    "date": "pubdate pubDate published publishDate publishdate published_at created issued",
    "cover-image": "image images cover featured_image feature_image thumbnail banner hero_image"
    " header-image epub-cover-image coverImage",
    "cover-alt": "image_alt image-alt cover_alt thumbnail_alt",
    "rights": "copyright",
    "licence": "license",
    "identifier": "doi uuid guid",
    "modified": "lastmod updated date-modified last_modified dateModified",
    "outlet": "publication journal container-title magazine newspaper",
    "interviewee": "guest guests speaker speakers",
    "interviewer": "host hosts presenter",
    "standfirst or description": "abstract summary excerpt lead lede intro dek og_description",
}
_OF_SITES: Final = (
    "layout permalink draft weight aliases slug url format output execute toc theme type"
    " series menu comments template eleventyNavigation pagination"
    " expiryDate jupyter engine editor params documentclass geometry fontsize"
    " mainfont header-includes css redirect_from published_by featured pin math mermaid hidden"
    " number-sections toc-depth code-fold listing nav_order parent sidebar tableOfContents"
)
_INSTEAD: Final = {key: right for right, keys in _WRITE.items() for key in keys.split()}


def ours(key: str) -> str:
    """Return the key of ours that says what another program's does; itself where there is none."""
    return _INSTEAD.get(key, key).rpartition(" ")[2]


def remedy(key: str) -> str:
    """Return what to do about another program's key; "" for one that no such program has."""
    if key in _INSTEAD:
        right = _INSTEAD[key]
        if " or " in right:
            return (
                "Write standfirst: (printed under the headline) or description: (for catalogues) "
                f"instead of {key}:."
            )
        return f"Write {right}: instead of {key}:."
    if key in _OF_SITES.split():
        return f"Delete it: it says how a site or template shows the text. Or name it x-{key}:."
    return ""
