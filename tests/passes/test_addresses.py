"""Addresses of links as every edition has them."""

from __future__ import annotations

import pytest
from faircopy.passes.addresses import encoded

ADDRESSES = {
    "http://a.example/#docs/async#part": "http://a.example/#docs/async%23part",
    "http://a.example/#one": "http://a.example/#one",
    "http://a.example/a b?[c]": "http://a.example/a%20b?%5Bc%5D",
    "http://[::1]/#[x]": "http://[::1]/#%5Bx%5D",
    "https://пример.example/путь": "https://пример.example/путь",
}


@pytest.mark.parametrize("written", ADDRESSES)
def test_what_cannot_stand_in_an_address_is_encoded(written: str) -> None:
    assert encoded(written) == ADDRESSES[written]
    assert encoded(ADDRESSES[written]) == ADDRESSES[written]
