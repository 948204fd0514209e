"""Run EPUBCheck on books; started by ``epubcheck`` as a process of its own.

Its first book takes Java some seconds, each further one a fifth of a second.
Usage: ``python -m faircopy.proof.judges.epubcheck_run JAR FOLDER FILE…``; the report on the
file of number N (from 0) is ``N.json`` in the folder.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from faircopy.proof.judges import java


def _main(arguments: Sequence[str]) -> None:
    jar, folder, *paths = arguments
    jpype = java.start([jar])
    words = jpype.JArray(jpype.JString)
    checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
    for number, path in enumerate(paths):
        checker().run(words([path, "--json", f"{folder}/{number}.json", "--quiet"]))


if __name__ == "__main__":
    _main(sys.argv[1:])
