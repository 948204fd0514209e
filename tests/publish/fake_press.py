"""A format that is made on request, beside those of `fakes`."""

from __future__ import annotations

import msgspec
from faircopy.core.model import Artifact, Publication
from faircopy.theme import Theme
from faircopy.writers import Options

from tests.publish import fakes


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Write the PDF's text under a press file's name."""
    edition = fakes.write(publication, theme, options)
    name = edition.name.removesuffix("pdf") + "press.pdf"
    return msgspec.structs.replace(edition, name=name, data=b"press " + edition.data)
