"""The versions in a manifest are those that decide an edition's bytes."""

from __future__ import annotations

import platform
import zlib

import pytest
from faircopy.publish.tools import deflate, versions


def test_two_pythons_that_differ_in_the_last_number_are_named_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = []
    for last in ("7", "9"):
        monkeypatch.setattr(platform, "python_version_tuple", lambda last=last: ("3", "11", last))
        monkeypatch.setattr(platform, "python_version", lambda last=last: f"3.11.{last}")
        named.append(versions())
    assert named[0] == named[1]
    assert named[0]["python"] == "3.11"


def test_another_packer_than_zlib_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content in other bytes is no mystery to who compares two machines' sums."""
    assert deflate() == "zlib"
    monkeypatch.setattr(zlib, "ZLIB_RUNTIME_VERSION", "1.3.1.zlib-ng")
    monkeypatch.setattr(zlib, "compress", lambda data, level: b"otherwise")
    assert versions()["deflate"] == "1.3.1.zlib-ng"
