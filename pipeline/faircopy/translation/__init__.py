"""Out to translators and back: text with codes, one module an exchange form, checks."""

FOLDER = "translations"
"""Where a manuscript's folder keeps its translations, one ``<lang>.xlf`` a language."""
