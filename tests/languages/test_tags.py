"""Language tags: how they are written, and what they say."""

import pytest
from faircopy.languages.tags import canonical


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("DE", "de"),
        ("kk-cyrl", "kk-Cyrl"),
        ("PT-br", "pt-BR"),
        ("zh-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-ROZAJ", "sl-rozaj"),
        ("iw", "he"),
        ("ur", "ur"),
    ],
)
def test_a_tag_is_written_by_convention(written: str, tag: str) -> None:
    assert canonical(written) == tag
    assert canonical(tag) == tag
