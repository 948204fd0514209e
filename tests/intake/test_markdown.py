"""Markdown of other programs taken in: their front matters, tags, pictures and slips."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from faircopy.intake import Taken, front, markdown, take, templates
from faircopy.intake.proof import prove
from faircopy.translation.forms import ImportRefused
from PIL import Image


def taken(text: str, folder: Path, name: str = "a text.md") -> Taken:
    """Take a text in, and see that it builds and that no word is lost."""
    found = take(text.encode(), name)
    for file, data in found.files.items():
        (folder / file).write_bytes(data)
    (folder / "manuscript.md").write_text(found.spoken or found.text, "utf-8")
    assert not prove(found, folder, "m").findings
    assert not found.unseen
    return found


@pytest.mark.parametrize("number", ["²", "9" * 5_000, "0", "-1", ""])
def test_a_picture_by_our_own_mark_for_those_in_the_text_is_none(
    number: str, tmp_path: Path
) -> None:
    found = taken(f"# The gauge\n\nIt fell. ![x]({markdown._KEPT}{number})\n", tmp_path)

    assert "It fell." in found.text


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


GOOGLE = f"""# **The gauge** {{#the-gauge}}

It was read \\- every morning\\! \\[Not once\\] was a day left out, 1\\. May and all. ![][image1]

**It rose **that night\\.

## **What now?** {{#what-now}}

1. One
2. Two

[image1]: <data:image/png;base64,{picture()}>
"""


def test_google_docs(tmp_path: Path) -> None:
    """A stand-in for its export as Markdown."""
    found = taken(GOOGLE, tmp_path)
    assert "title: 'The gauge'" in found.text
    assert "\n## What now?\n\n1.  One" in found.text.replace("1. One", "1.  One")
    assert "**It rose** that night." in found.text
    assert "every morning!" in found.text
    assert "the-gauge" not in found.text
    assert {"original.md", "picture-1.png"} == set(found.files)
    assert any("no words for those who cannot see it" in one for one in found.decide)


HUGO = """+++
title = "The gauge"
date = 2026-03-14T10:00:00+01:00
tags = ["rivers", "gauges"]
summary = "A stick in a river."
authors = ["Ada Winter"]
draft = true
weight = 3
+++

It was read. {{< youtube id="abc" >}}

{{% notice tip %}}
Framed words *stay*.
{{% /notice %}}

```go
{{ .Title }} {{< is code >}}
```

And `{{< so >}}` too.
"""

JEKYLL = """---
layout: post
title: "The *gauge*"
categories: [rivers, gauges]
permalink: /gauge/
date: 2026-03-14 09:00:00 +0100
excerpt: A stick.
---

{% include figure.html src="x.png" %}
It was read at {{ site.place }}.
{: .lead}

{% highlight ruby %}
puts 1
{% endhighlight %}

<div class="box"><p>HTML is read, <b>too</b>.</p><script>alert(1)</script></div>

A line<br>and another<!-- no text -->.
"""

QUARTO = """---
title: The gauge
author:
  - name: Ada Winter
    affiliation: The Weir
  - name:
      given: Tomás
      family: Brien
abstract: |
  A stick in a river.
bibliography: refs.bib
format: html
lang: de-AT
---

::: {.callout-note}
It was read, as @keeper says: $x^2$.
:::

{{< include _more.qmd >}}

```{r}
plot(1)
```
"""

MDBOOK = """# The gauge

It was read.

{{#include ../listing.rs:3}}

```rust,ignore
fn main() {}
```

A note.[^1]

[^1]: By *Ada*.
"""


def values(text: str, *keys: str) -> list[str]:
    head = text.split("\n---\n", maxsplit=1)[0]
    return [key for key in keys if f"\n{key}:" in head]


def test_hugo(tmp_path: Path) -> None:
    found = taken(HUGO, tmp_path)
    head = found.text.split("\n---\n")[0]
    for said in (
        "title: 'The gauge'",
        "date: '2026-03-14'",
        "keywords:\n  - rivers\n  - gauges",
        "description: 'A stick in a river.'",
        "author:\n  - 'Ada Winter'",
    ):
        assert said in head
    assert "Framed words *stay*." in found.text
    assert "{{ .Title }} {{< is code >}}" in found.text
    assert "`{{< so >}}`" in found.text
    assert [one for one in found.decide if one.startswith(("line", "keys"))] == [
        'line 11: the tag {{< youtube id="abc" >}} is left out: write what it stands for',
        "line 13: the tag {{% notice tip %}} is left out: write what it stands for",
        "line 15: the tag {{% /notice %}} is left out: write what it stands for",
        "keys of the front matter that are left out: draft, weight",
    ]


def test_jekyll(tmp_path: Path) -> None:
    found = taken(JEKYLL, tmp_path)
    assert "title: 'The *gauge*'" in found.text
    assert "description: 'A stick.'" in found.text
    assert values(found.text, "layout", "permalink", "categories") == []
    assert "puts 1" in found.text
    assert "HTML is read, **too**." in found.text
    assert "alert" not in found.text
    lines = [one.split(":")[0] for one in found.decide if one.startswith("line")]
    assert lines == ["line 10", "line 11", "line 12"]


def test_quarto(tmp_path: Path) -> None:
    found = taken(QUARTO, tmp_path, "a text.qmd")
    assert "author:\n  - 'Ada Winter'\n  - 'Tomás Brien'" in found.text
    assert "description: 'A stick in a river.'" in found.text
    assert "lang: de-AT" in found.text
    assert "$x^{2}$" in found.text
    assert "\n\n    plot(1)" in found.text
    assert any("bibliography, format" in one for one in found.decide)


def test_mdbook(tmp_path: Path) -> None:
    found = taken(MDBOOK, tmp_path)
    assert "title: 'The gauge'" in found.text
    assert "fn main() {}" in found.text
    assert "By *Ada*." in found.text
    assert any(one.startswith("line 5: the tag {{#include") for one in found.decide)


def test_json_in_front(tmp_path: Path) -> None:
    found = taken('{\n"title": "The gauge", "tags": "a, b"\n}\n\nIt was read.\n', tmp_path)
    assert "title: 'The gauge'" in found.text
    assert "keywords:\n  - a\n  - b" in found.text


@pytest.mark.parametrize("text", ["---\na: [\n---\n\nx\n", "+++\na =\n+++\n\nx\n"])
def test_a_broken_front_matter_is_told(text: str) -> None:
    with pytest.raises(ImportRefused, match="front matter is no"):
        take(text.encode(), "a.md")


@pytest.mark.parametrize(
    "text",
    [
        "{{<" * 50_000,
        "{{" * 100_000,
        "{%" * 100_000,
        "```\n" * 50_001,
        "`" * 100_001,
        "**a " * 50_000,
        "{: " * 50_000,
    ],
)
def test_tags_are_found_in_time_that_grows_with_the_text(text: str) -> None:
    kept, tags = templates.without(text)
    assert len(kept) + sum(len(one.text) for one in tags) <= len(text)


def test_code_that_begins_an_item_is_code(tmp_path: Path) -> None:
    one = taken("1. Say:\n   ```\n   # Summary\n   ```\n\n2. Stop.\n\nEnd.\n", tmp_path)
    assert "```\n  # Summary\n  ```" in one.text


def test_the_key_of_ours_for_anothers() -> None:
    found, body = front.parted("---\nheadline: A\nunknown: b\n---\nText\n", "m")
    assert (found.values, found.left, found.lines, body) == (
        {"title": "A"},
        ("unknown",),
        4,
        "Text\n",
    )
