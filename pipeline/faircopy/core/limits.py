"""Every bound on what a stranger may send: how large, how many, how deep, how long.

What is over a limit is refused with a finding that names the place and what to do, before it can
take the machine's time or memory. CONTRIBUTING.md shows this table; a test holds the two equal.
"""

from __future__ import annotations

import msgspec

MEGABYTE = 1_000_000


class Limit(msgspec.Struct, frozen=True):
    """The most of something: how much, in which unit, and why no more."""

    what: str
    most: int
    unit: str
    why: str

    def __str__(self) -> str:
        return f"{self.most:,} {self.unit}"


MANUSCRIPT = Limit("a manuscript", 5 * MEGABYTE, "bytes", "a book of 95,000 words has 0.6 MB")
LINE = Limit("a line of it", 1_000_000, "characters", "a paragraph on one line fits easily")
NESTING = Limit(
    "nesting of lists, quotations, divs, emphasis", 60, "levels", "what walks a tree calls itself"
)
BRACKETS = Limit(
    "brackets open at a time in a paragraph",
    10,
    "brackets",
    "pandoc's time doubles with each; what it reads in 5 s passes all the same",
)
WORDS = Limit("a text", 400_000, "words", "a book of 209,000 words takes 40 s")
PARAGRAPH = Limit("a paragraph, or a value of the front matter", 20_000, "words", "as a long essay")
WORD = Limit(
    "a word of a text, or of code",
    10_000,
    "letters",
    "takes 5 s, and twice as many four times that",
)
TITLE = Limit("a title, a subtitle, a heading", 300, "words", "titles of centuries ago have 100")
TITLE_WORD = Limit(
    "a word of a title, a subtitle, a heading", 500, "letters", "their time grows with the square"
)
PARTS = Limit(
    "a text",
    30_000,
    "paragraphs, headings, cells and lines of verse or code",
    "each takes 3 ms; an interview of 200,000 words has 10,000",
)
CELLS = Limit("all tables", 12_000, "cells", "each takes 5 ms; a yearbook has 5,000")
CODES = Limit("a text", 40_000, "passages in italics, links, code …", "the Bible's verses: 31,000")
WORD_CODES = Limit(
    "a word, or words that no space parts",
    500,
    "passages in italics, links, code …",
    "their time grows with the square; a word of which each letter is marked has 40",
)
PICTURES = Limit("pictures", 3_000, "pictures", "an album has 500")
NOTES = Limit("footnotes", 4_000, "notes", "scholarly books have 3,000")
WHOLE = Limit(
    "a text, all that is counted together",
    120_000,
    "points: an eighth for a word, a half for a code, 3 for a paragraph or line, 6 for an item of "
    "a list, 5 for a cell, 10 for a note or picture",
    "each a thousandth of a second; 3,000 notes in 213,000 words have 66,000",
)
ALIASES = Limit("YAML aliases in it", 8, "aliases", "aliases of aliases grow without end")
FRONT_MATTER = Limit("the front matter", MEGABYTE, "bytes", "a long bibliography has 0.3 MB")
ID = Limit("an id", 200, "characters", "it becomes names of files and bookmarks")
PANDOC_TIME = Limit(
    "pandoc's work on a text",
    10,
    "seconds of processor time, and 10 more a megabyte",
    "a book takes 2 s",
)
PANDOC_MEMORY = Limit(
    "pandoc's memory",
    1_000,
    "megabytes, and 150 more a megabyte of text",
    "a book takes 200 MB",
)
JOB_TIME = Limit(
    "making, importing or linting one file",
    240,
    "seconds of processor time",
    "a book takes 30 s; the same work takes twice as long where others work on the machine",
)
JOB_MEMORY = Limit(
    "making, importing or linting one file", 2_500, "megabytes", "a book takes 800 MB"
)
BESIDE = Limit("a text file beside it", 5 * MEGABYTE, "bytes", "as the manuscript itself")
IMAGE = Limit("an image", 30 * MEGABYTE, "bytes", "a print at 300 dpi has 10 MB")
PIXELS = Limit("an image", 100_000_000, "pixels", "A3 at 600 dpi has 70 million")
SCANS = Limit("a JPEG", 100, "scans", "a progressive one has ten; each is decoded in full")
SVG_BYTES = Limit("an SVG without pictures", 10 * MEGABYTE, "bytes", "a detailed map has 3 MB")
SVG_WORK = Limit(
    "a drawing, with all that it repeats",
    50_000,
    "elements and letters",
    "a detailed map has 20,000",
)
SVG_SOUGHT = Limit(
    "references in a drawing, by its elements and levels",
    20_000_000,
    "elements to look at",
    "who draws it looks for each among all; a large diagram has 3 million",
)
SVG_TILES = Limit("a pattern in a drawing", 1_000_000, "tiles", "a fine hatch of a page: 100,000")
SVG_FILTER = Limit("a filter's reach in a drawing", 200, "units", "a soft shadow has 20")
SVG_DEPTH = Limit("nesting in a drawing", 60, "levels", "who draws it calls itself")
SVG_PATH = Limit("a path in a drawing", 300_000, "characters", "a coast has 50,000")
IMAGES = Limit("all images", 200 * MEGABYTE, "bytes", "every edition holds all of them")
FOLDER = Limit(
    "the files in a manuscript's folder",
    5_000 * MEGABYTE,
    "bytes",
    "each build reads them; those above 200 MB, which nothing shows, do not count",
)
SETTINGS = Limit(
    "faircopy.toml, a theme, its style sheet", 200_000, "bytes", "the largest theme has 20,000"
)
FONT = Limit("a font file beside a theme", 30 * MEGABYTE, "bytes", "one for Chinese has 15 MB")
RETURNED = Limit("a file that translators sent", 60 * MEGABYTE, "bytes", "a book's has 6 MB")
ZIP_FILES = Limit("a zip's or folder's files", 500, "files", "a bundle has 30")
ZIP_ALL = Limit("a zip with the zips in it", 2_000, "files", "twenty bundles have 900")
ZIP_BYTES = Limit(
    "a zip with the zips in it, a folder", 120 * MEGABYTE, "bytes unpacked", "a book's: 20 MB"
)
ZIP_RATIO = Limit(
    "growth of a file in a zip", 200, "times when unpacked", "XML of ours grows 10 to 20 times"
)
XML_MARKS = Limit(
    "an exchange file in XML", 1_500_000, "elements, counting both ends", "a book's has 300,000"
)
XML_ATTRIBUTES = Limit(
    "an element of XML", 500, "attributes", "who looks for one looks at all; ours have a dozen"
)
TARGET_CODES = Limit(
    "all that translators sent", 300_000, "codes and texts between them", "a book has 60,000"
)
TSV_CELL = Limit("a cell of a table sent back", 100_000, "characters", "a sentence has 300")
CHAPTERS = Limit("an imported mdBook", 2_000, "chapters", "the longest public ones have 200")
SUMS = Limit(
    "SHA256SUMS, a set's manifest.json", 10 * MEGABYTE, "bytes", "those of 10,000 files have 3 MB"
)
WORKS_FILES = Limit("a manuscript", 20, "files of works", "each is read by a pandoc of its own")
LANGUAGES = Limit("a set in dist/", 500, "languages", "there are 184 tags of two letters")
WORD_PARTS = Limit("a Word file's parts", 2_000, "files", "an album has 600")
SLUG = Limit("a slug", 80, "characters", "it begins the name of every file")

LIMITS = (
    MANUSCRIPT,
    LINE,
    NESTING,
    BRACKETS,
    WORDS,
    PARAGRAPH,
    WORD,
    TITLE,
    TITLE_WORD,
    PARTS,
    CELLS,
    CODES,
    WORD_CODES,
    PICTURES,
    NOTES,
    WHOLE,
    FRONT_MATTER,
    ALIASES,
    ID,
    SLUG,
    PANDOC_TIME,
    PANDOC_MEMORY,
    JOB_TIME,
    JOB_MEMORY,
    BESIDE,
    IMAGE,
    PIXELS,
    SCANS,
    SVG_BYTES,
    SVG_WORK,
    SVG_SOUGHT,
    SVG_TILES,
    SVG_FILTER,
    SVG_DEPTH,
    SVG_PATH,
    IMAGES,
    FOLDER,
    SETTINGS,
    FONT,
    RETURNED,
    ZIP_FILES,
    ZIP_ALL,
    ZIP_BYTES,
    ZIP_RATIO,
    XML_MARKS,
    XML_ATTRIBUTES,
    TARGET_CODES,
    TSV_CELL,
    WORD_PARTS,
    CHAPTERS,
    SUMS,
    LANGUAGES,
    WORKS_FILES,
)
"""All of them, in the order of the table."""
