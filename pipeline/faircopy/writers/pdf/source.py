"""What WeasyPrint reads: a tree."""

from __future__ import annotations

from typing import Self
from xml.etree import ElementTree

import cssselect2
import weasyprint

from faircopy.writers.given import Nothing


class Source(weasyprint.HTML):  # type: ignore[misc]
    """A document given as a tree, not as text that has to be parsed again."""

    @classmethod
    def read(cls, xml: bytes) -> Self:
        """Return the source that is serialised as ``xml``, without namespaces."""
        return cls(ElementTree.fromstring(xml))

    def __init__(self, root: ElementTree.Element) -> None:
        self.base_url = None
        self.url_fetcher = Nothing()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
