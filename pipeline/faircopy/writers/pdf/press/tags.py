"""Links taken out of a tagged document: nothing on a sheet can be clicked.

Annotations may not lie on a page that is printed (ISO 15930-7, 6.17). Their words stay in the
structure tree; the tree's references to the annotations go with these.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf


def unlink(document: Pdf) -> None:
    """Remove every annotation, and what the structure tree says of it (ISO 32000-1, 14.7.4.3)."""
    gone: set[int] = set()
    for page in document.pages:
        for annotation in page.get(Name.Annots, ()):
            if Name.StructParent in annotation:
                gone.add(int(annotation.StructParent))
        if Name.Annots in page:
            del page[Name.Annots]
    tree = document.Root.get(Name.StructTreeRoot)
    if tree is not None:
        _drop_references(tree)
        _drop_parents(tree.get(Name.ParentTree), gone)


def _drop_references(tree: Any) -> None:
    """Take the object references out of every element's kids."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        kids = element.get(Name.K)
        if kids is None:
            continue
        kept = [kid for kid in (kids if isinstance(kids, Array) else (kids,)) if not _refers(kid)]
        element.K = Array(kept)
        waiting += [kid for kid in kept if isinstance(kid, Dictionary) and Name.S in kid]


def _refers(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and bool(kid.get(Name.Type) == Name.OBJR)


def _drop_parents(parents: Any, gone: set[int]) -> None:
    if parents is None or Name.Nums not in parents:
        return
    pairs = list(parents.Nums)
    kept = [
        item
        for number, value in zip(pairs[::2], pairs[1::2], strict=True)
        if int(number) not in gone
        for item in (number, value)
    ]
    parents.Nums = Array(kept)
