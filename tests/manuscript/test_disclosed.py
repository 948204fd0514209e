"""What anybody may have of a manuscript: the text, and nothing that editors say to each other."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf

FRONT = """\
---
title: The leak  # ask the Major
lang: en-GB
# SECRET: the Major's telephone
ednote: >-
  SECRET Major K. told us,

  on two lines
x-budget:
- SECRET 5000
- SECRET 6000
embargoed: 'SECRET 2026-12-01'
usageterms: "SECRET"
author:
- Ann # SECRET
- "Bob # his name"
description: |
  The #1 sign, no comment
  and text
keywords: [a, b]
---
"""
BODY = """\

Text <!-- SECRET call
the lawyer --> goes on.

<!-- SECRET whole -->

```html
<!-- shown -->
```

Inline `<!-- code -->`.

The end.
"""
PUBLIC = """\
---
title: The leak
lang: en-GB
author:
- Ann
- "Bob # his name"
description: |
  The #1 sign, no comment
  and text
keywords: [a, b]
---

Text  goes on.



```html
<!-- shown -->
```

Inline `<!-- code -->`.

The end.
"""


def disclosed(folder: Path, text: str) -> str:
    (folder / "manuscript.md").write_text(text, encoding="utf-8")
    return read(folder).disclosed.decode()


def test_what_editors_say_to_each_other_is_left_out(tmp_path: Path) -> None:
    assert disclosed(tmp_path, FRONT + BODY) == PUBLIC


def test_a_manuscript_without_secrets_is_handed_out_as_it_is(tmp_path: Path) -> None:
    assert disclosed(tmp_path, PUBLIC) == PUBLIC


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_key_in_quotation_marks_is_no_way_round(tmp_path: Path, quote: str) -> None:
    text = f"---\ntitle: T\nlang: en\n{quote}ednote{quote}: SECRET\n---\n\nText.\n"
    assert disclosed(tmp_path, text) == "---\ntitle: T\nlang: en\n---\n\nText.\n"


def test_the_pdf_holds_no_more_than_that(tmp_path: Path) -> None:
    (tmp_path / "manuscript.md").write_text(FRONT + BODY, encoding="utf-8")
    data = pdf.write(read(tmp_path), load(), Options(page="a5")).data
    with pikepdf.open(io.BytesIO(data)) as document:
        (name,) = document.attachments
        attached = document.attachments[name].get_file().read_bytes()
    assert attached.decode() == PUBLIC
    assert b"SECRET" not in data
