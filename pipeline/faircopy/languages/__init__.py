"""The languages: one file each, with all that Faircopy knows of a language.

``xx.toml`` holds the language whose primary subtag is ``xx``; `language.Locale` says what is in
it, and which of it must be. What is known of languages that have no file of their own stands in
``others.toml``, what holds in every language in ``any.toml``. A file is read when a text in its
language is, once a process.
"""

from faircopy.languages.language import Locale as Locale
from faircopy.languages.loading import any_language as any_language
from faircopy.languages.loading import known as known
from faircopy.languages.loading import locale as locale
