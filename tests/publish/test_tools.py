"""The versions in a manifest are those that decide an edition's bytes."""

from __future__ import annotations

import platform

import pytest
from faircopy.publish.tools import versions


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
