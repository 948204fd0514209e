"""Quotation marks and apostrophes are what their places say, in each language."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.passes.quotes import pair

CASES = [
    ("en", "In the '90s, rock 'n' roll", "In the ’90s, rock ’n’ roll"),
    ("en", "the '60s' music and '68' too", "the ’60s’ music and ‘68’ too"),
    ("en", "[Bob](https://e.org)'s 'stuff' is", "Bob’s ‘stuff’ is"),
    ("en", "*Bob*'s `x`'s 'stuff'", "Bob’s x’s ‘stuff’"),
    ("en", "the 'best' of 'em, 'tis 'true'", "the ‘best’ of ’em, ’tis ‘true’"),
    ("en", "'It's Hans' dog,' he said", "‘It’s Hans’ dog,’ he said"),
    ("en", "'So,' she said, 'we left.'", "‘So,’ she said, ‘we left.’"),
    ("en", "the dogs' bones, the cats' 'bowl'", "the dogs’ bones, the cats’ ‘bowl’"),
    ("en", "\"Rock 'n' Roll\" and \"it's 'fun'\"", "“Rock ’n’ Roll” and “it’s ‘fun’”"),
    ("en", "type 'y' or 'n' to go on", "type ‘y’ or ‘n’ to go on"),
    ("en", "Bit 'er on the leg. I saw 'er 'once'", "Bit ’er on the leg. I saw ’er ‘once’"),
    ("en", "an 'em' dash", "an ‘em’ dash"),
    ("en", '"So^[The "never" is his.] to me"', "“SoThe “never” is his. to me”"),
    ("en", "'So^[The 'never' is his.] to me'", "‘SoThe ‘never’ is his. to me’"),
    ("en", "typed ‘b’ and ’90s stay", "typed ‘b’ and ’90s stay"),
    ("de", "Die '68er und Grass' Roman", "Die ’68er und Grass’ Roman"),
    ("de", "'ne Frage: Sag' ich", "’ne Frage: Sag’ ich"),
    ("de", "Er sagte: 'nein' und 'ja'", "Er sagte: ‘nein’ und ‘ja’"),
    ("fr", "les années '90 d'« or » et 'oui'", "les années ’90 d’« or » et ‘oui’"),
    ("nl", "'s Avonds 'ja' in 't huis", "’s Avonds ‘ja’ in ’t huis"),
    ("en", "he said ['n Huis 'ja']{lang=af}", "he said ’n Huis ‘ja’"),
]


@pytest.mark.parametrize(("lang", "written", "read"), CASES)
def test_marks_are_paired_by_their_places(lang: str, written: str, read: str) -> None:
    assert " ".join(ast.text(pair(pandoc.read(written).blocks, lang)).split()) == read


def test_what_is_paired_rightly_stays() -> None:
    blocks = pandoc.read("She said \"so\", 'so' and *'so'*.").blocks
    assert pair(blocks, "en") == blocks
    assert pair(pair(blocks, "en"), "en") == blocks
