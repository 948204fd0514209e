"""Faircopy: one canonical Markdown manuscript becomes every edition, each one checked."""

__version__ = "0.1.0"

DISTRIBUTION = "faircopy-editions"
"""The name on PyPI."""
