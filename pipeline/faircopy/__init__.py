"""Faircopy: one canonical Markdown manuscript becomes every edition, each one checked."""

__version__ = "0.1.0"
