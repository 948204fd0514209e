"""WordprocessingML elements: making them, and putting them where the schema wants them.

Word refuses a file whose elements stand in the wrong order, so every element is put in through
``put``. The orders are those of ECMA-376 Part 1 (5th edition), clause 17, transitional.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Value: TypeAlias = str | int | bool

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
GRAPHIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
MATH: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
XML: Final = "http://www.w3.org/XML/1998/namespace"

PREFIXES: Final = {
    "w": WORD,
    "w14": WORD_2010,
    "r": RELATIONSHIPS,
    "wp": DRAWING,
    "a": GRAPHIC,
    "pic": PICTURE,
    "m": MATH,
    "xml": XML,
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}

TWIPS: Final = 20
"""Twentieths of a point: the unit of most distances."""
HALF_POINTS: Final = 2
"""The unit of sizes of type."""
EIGHTHS: Final = 8
"""Eighths of a point: the unit of the thickness of rules."""
EMU: Final = 12700
"""English metric units in a point: the unit of drawings."""
PER_CENT: Final = 50
"""Fiftieths of a per cent: the unit of relative widths."""

_ORDERS: Final = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath "
        "ligatures numForm numSpacing"
    ),
    "pBdr": "top left bottom right between bar",
    "numPr": "ilvl numId",
    "font": (
        "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic "
        "embedBoldItalic"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription"
    ),
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader",
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
        "docGrid printerSettings"
    ),
    "settings": (
        "writeProtection view zoom removePersonalInformation removeDateAndTime "
        "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
        "printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts "
        "saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
        "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors "
        "hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate "
        "linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView "
        "trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
        "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit "
        "hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle "
        "defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting "
        "bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing "
        "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
        "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin "
        "drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning "
        "characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
        "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema "
        "saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml "
        "saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace "
        "updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr "
        "attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
        "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType "
        "schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator"
    ),
}
_RANKS: Final = {
    parent: {name: rank for rank, name in enumerate(order.split())}
    for parent, order in _ORDERS.items()
}


def q(name: str) -> str:
    """Return ``w:p`` as lxml's ``{namespace}p``; a name without a prefix is Word's."""
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES[prefix or 'w']}}}{local}"


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def make(name: str, /, *children: Element, **attributes: Value) -> Element:
    """Return an element with children and Word's attributes; True and False become 1 and 0.

    Underscores in an attribute's name stand for the colon behind a prefix: ``r_id``.
    """
    element = etree.Element(q(name), nsmap={"w": WORD})
    give(element, **attributes)
    element.extend(children)
    return element


def give(element: Element, /, **attributes: Value) -> None:
    """Set Word's attributes of an element, named and given as in ``make``."""
    for key, value in attributes.items():
        prefix, _, rest = key.rpartition("_")
        given = int(value) if isinstance(value, bool) else value
        element.set(q(f"{prefix}:{rest}" if prefix else rest), str(given))


def value(element: Element, name: str = "val") -> str:
    """Return one of Word's attributes, or an empty text."""
    return element.get(q(name)) or ""


def put(parent: Element, child: Element) -> Element:
    """Put ``child`` into ``parent`` at the place of the schema, in the place of its namesakes.

    Raises:
        KeyError: the order of ``parent``'s children, or ``child`` among them, is not known.
    """
    ranks = _RANKS[local(parent)]
    rank = ranks[local(child)]
    for old in parent.findall(child.tag):
        parent.remove(old)
    behind = (i for i, other in enumerate(parent) if ranks.get(local(other), -1) > rank)
    parent.insert(next(behind, len(parent)), child)
    return child


def properties(element: Element, name: str) -> Element:
    """Return the first child ``pPr``, ``rPr``, ``tblPr`` … of an element, made when missing."""
    found = element.find(q(name))
    if found is None:
        found = make(name)
        element.insert(0, found)
    return found


def twips(points: float) -> int:
    """Return points as twentieths of a point."""
    return round(points * TWIPS)


def half_points(points: float) -> int:
    """Return points as half points, the unit of sizes of type."""
    return round(points * HALF_POINTS)


def plain(colour: str) -> str:
    """Return ``#RRGGBB`` as Word writes it."""
    return colour.removeprefix("#").upper()


def parse(data: bytes) -> Element:
    """Parse one part of a package; entities, DTDs and the network stay shut."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """Return a part's bytes with the declaration that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
