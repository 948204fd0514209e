"""Out and back with nothing changed is the same tree, for documents of every construct."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.ast import Blocks
from faircopy.core.model import Kind, Metadata, Publication
from faircopy.manuscript.structure import structure
from faircopy.translation.align import align
from faircopy.translation.forms import Returned
from faircopy.translation.job import Job
from faircopy.translation.localize import Words, localize
from faircopy.translation.segments import extract
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.translation.blocks import BLOCKS
from tests.translation.test_localize import FORMS, settled
from tests.translation.test_xliff2 import copied

Form = tuple[Callable[[Job], bytes], Callable[[bytes, str], Returned]]
EMPTY = Publication(
    slug="random",
    metadata=Metadata(title=(ast.Str("T"),), lang="en-GB", dir="ltr", kind=Kind.ARTICLE),
    blocks=(),
    places={},
    assets={},
    queries=(),
    source=b"",
    source_path="manuscript.md",
    diagnostics=(),
)


def document(blocks: Blocks, kind: Kind) -> Publication:
    """Return a publication of blocks as they come from pandoc."""
    metadata = msgspec.structs.replace(EMPTY.metadata, kind=kind)
    blocks = ast.decode(ast.encode(ast.Document(blocks=blocks))).blocks
    return msgspec.structs.replace(EMPTY, metadata=metadata, blocks=structure(blocks, metadata))


@pytest.mark.slow
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(blocks=BLOCKS, kind=st.sampled_from(Kind), form=st.sampled_from(FORMS))
def test_any_document_comes_back_as_it_went(blocks: Blocks, kind: Kind, form: Form) -> None:
    write, read = form
    publication = document(blocks, kind)
    source = extract(publication)
    ids = [segment.id for _, segment in source.segments()]
    assert len(set(ids)) == len(ids)
    fitting = align(source, read(write(copied(source)), "f").records).fitting()
    assert set(fitting) == set(ids)
    words = Words(publication.metadata.lang, {id: one.target for id, one in fitting.items()})
    again = localize(publication, words)
    assert again.metadata == publication.metadata
    assert again.blocks == publication.blocks
    # Marking what is missing takes every sentence apart and puts it together again.
    rebuilt = localize(publication, msgspec.structs.replace(words, mark_missing=True))
    assert settled(rebuilt.blocks) == settled(publication.blocks)
