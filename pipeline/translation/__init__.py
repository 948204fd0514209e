"""Out to translators and back: text with codes, one module an exchange form, checks."""
