"""The look: tokens, and what each format makes of them."""

from faircopy.theme.loading import load, names, where
from faircopy.theme.tokens import MM, Face, Page, Script, Style, Theme

__all__ = ["MM", "Face", "Page", "Script", "Style", "Theme", "load", "names", "where"]
