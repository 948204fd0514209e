"""The bill of materials of a release: CycloneDX 1.6 (ECMA-424) as JSON.

It names the wheel, the packages that a build needs, what is within them, and the fonts that only
npm has, which are optional. Nothing in it depends on the moment or the machine that it is made on,
but for the packages that only other systems or versions of Python need: they are not in it.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from faircopy.workshop.licences import Package, Part

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_NAMES = uuid.UUID("8b1a6a46-5d0a-4b0e-9c53-0d3b7f8e2f11")
"""Where the serial numbers of our bills are made from."""


class Product(msgspec.Struct, frozen=True):
    """What is released.

    Attributes:
        name: as PyPI has it.
        version: its own.
        licence: an SPDX expression.
        sha256: of the wheel.
        date: the day of the release, as in 2026-11-30.
    """

    name: str
    version: str
    licence: str
    sha256: str
    date: str


def bill(
    product: Product,
    packages: Sequence[Package],
    hashes: Mapping[str, Sequence[str]],
    locks: Iterable[bytes],
) -> bytes:
    """Return the bill of a release.

    Args:
        product: what is released.
        packages: what a build of it needs.
        hashes: SHA-256 of each file that the lock allows, by package.
        locks: locks of npm, whose packages are optional.
    """
    optional = [item for lock in locks for item in _of_npm(lock)]
    main = _purl("pypi", product.name, product.version)
    needed = {need for item in packages for need in item.needs}
    roots = sorted(item.name for item in packages if item.name not in needed)
    refs = {item.name: _purl("pypi", item.name, item.version) for item in packages}
    content = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMES, product.sha256)}",
        "version": 1,
        "metadata": {
            "timestamp": f"{product.date}T00:00:00Z",
            "component": {
                "type": "application",
                "bom-ref": main,
                "name": product.name,
                "version": product.version,
                "hashes": [{"alg": "SHA-256", "content": product.sha256}],
                "licenses": _licences(product.licence, spdx=True),
                "purl": main,
            },
        },
        "components": [
            *(_component(item, hashes.get(item.name, ())) for item in packages),
            *optional,
        ],
        "dependencies": [
            {"ref": main, "dependsOn": [refs[name] for name in roots]},
            *(
                {"ref": refs[item.name], "dependsOn": [refs[need] for need in item.needs]}
                for item in packages
            ),
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def _component(item: Package, hashes: Sequence[str]) -> dict[str, Any]:
    """Return a package of PyPI; its files are those of which the lock has a hash."""
    purl = _purl("pypi", item.name, item.version)
    files = [{"alg": "SHA-256", "content": one} for one in sorted(hashes)]
    links: list[dict[str, Any]] = [{"type": "website", "url": item.site}] if item.site else []
    links += [{"type": "distribution", "url": purl, "hashes": files}] if files else []
    return {
        "type": "library",
        "bom-ref": purl,
        "name": item.name,
        "version": item.version,
        "scope": "required",
        "licenses": _licences(item.licence, spdx=item.spdx),
        "purl": purl,
        **({"externalReferences": links} if links else {}),
        **({"components": [_part(part, purl) for part in item.parts]} if item.parts else {}),
    }


def _part(part: Part, around: str) -> dict[str, Any]:
    version = {"version": part.version} if part.version else {}
    return {
        "type": "application" if part.version else "data",
        "bom-ref": f"{around}#{part.name}",
        "name": part.name,
        **version,
        "licenses": _licences(part.licence, spdx=True),
    }


def _licences(text: str, *, spdx: bool) -> list[dict[str, Any]]:
    if not spdx:
        return [{"license": {"name": text}}]
    single = " " not in text and not text.startswith("LicenseRef-")
    return [{"license": {"id": text}}] if single else [{"expression": text}]


def _of_npm(lock: bytes) -> list[dict[str, Any]]:
    """Return the packages of a lock of npm (version 3), which holds their SHA-512 in base64."""
    found = []
    for path, item in json.loads(lock)["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            purl = _purl("npm", name, item["version"])
            digest = base64.b64decode(item["integrity"].partition("sha512-")[2]).hex()
            found.append(
                {
                    "type": "library",
                    "bom-ref": purl,
                    "name": name,
                    "version": item["version"],
                    "scope": "optional",
                    "hashes": [{"alg": "SHA-512", "content": digest}],
                    "licenses": _licences(item["license"], spdx=True),
                    "purl": purl,
                }
            )
    return found


def _purl(kind: str, name: str, version: str) -> str:
    """Return a package's address as package-url has it."""
    return f"pkg:{kind}/{quote(name, safe='/')}@{quote(version, safe='')}"
