"""What differs from language to language: direction, script, quotation marks, labels.

One row a locale. A language without a row of its own is set with the marks and labels of
``en-GB`` in the direction of its script.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from pipeline.model import Kind

Direction = Literal["ltr", "rtl"]
Script = Literal["Latn", "Cyrl", "Grek", "Arab", "Aran", "Hebr", "Hans", "Hant"]


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """Words that an edition adds to the manuscript's own."""

    interview: str
    article: str
    book: str
    by: str
    contents: str
    cover: str
    notes: str
    beginning: str
    page: str
    draft: str


class Locale(msgspec.Struct, frozen=True, kw_only=True):
    """The conventions of one language.

    ``double`` and ``single`` are the opening and closing marks of the outer and the inner
    quotation; ``dash`` is the dash of a spaced parenthesis; ``hyphenation`` names pyphen's
    dictionary, or is empty; ``numerals`` is the CSS counter style of folios.
    """

    tag: str
    script: Script
    dir: Direction = "ltr"
    double: tuple[str, str]
    single: tuple[str, str]
    dash: str = "–"
    decimal: str = "."
    hyphenation: str = ""
    numerals: Literal["decimal", "persian", "arabic-indic"] = "decimal"
    labels: Labels

    @property
    def language(self) -> str:
        """The primary language subtag, such as ``en``."""
        return primary(self.tag)

    def genre(self, kind: Kind) -> str:
        """Return what this kind of manuscript is called."""
        labels = {
            Kind.INTERVIEW: self.labels.interview,
            Kind.ARTICLE: self.labels.article,
            Kind.BOOK: self.labels.book,
        }
        return labels[kind]


_EN = Labels(
    interview="Interview",
    article="Article",
    book="Book",
    by="By",
    contents="Contents",
    cover="Cover",
    notes="Notes",
    beginning="Beginning",
    page="Page",
    draft="Draft translation, not reviewed",
)

LOCALES: tuple[Locale, ...] = (
    Locale(
        tag="en-GB",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        hyphenation="en_GB",
        labels=_EN,
    ),
    Locale(
        tag="en-US",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        dash="—",
        hyphenation="en_US",
        labels=_EN,
    ),
    Locale(
        tag="ru",
        script="Cyrl",
        double=("«", "»"),
        single=("„", "“"),
        dash="—",
        decimal=",",
        hyphenation="ru_RU",
        labels=Labels(
            interview="Интервью",
            article="Статья",
            book="Книга",
            by="Автор:",
            contents="Содержание",
            cover="Обложка",
            notes="Примечания",
            beginning="Начало",
            page="Страница",
            draft="Черновой перевод, не проверен",
        ),
    ),
    Locale(
        tag="kk",
        script="Cyrl",
        double=("«", "»"),
        single=("„", "“"),
        dash="–",
        decimal=",",
        labels=Labels(
            interview="Сұхбат",
            article="Мақала",
            book="Кітап",
            by="Авторы:",
            contents="Мазмұны",
            cover="Мұқаба",
            notes="Ескертпелер",
            beginning="Басы",
            page="Бет",
            draft="Аударманың жобасы, тексерілмеген",
        ),
    ),
    Locale(
        tag="ur",
        script="Aran",
        dir="rtl",
        double=("“", "”"),
        single=("‘", "’"),
        numerals="persian",
        labels=Labels(
            interview="انٹرویو",
            article="مضمون",
            book="کتاب",
            by="تحریر:",
            contents="فہرست",
            cover="سرورق",
            notes="حواشی",
            beginning="آغاز",
            page="صفحہ",
            draft="ترجمے کا مسودہ، نظرِ ثانی نہیں ہوئی",
        ),
    ),
    Locale(
        tag="ar",
        script="Arab",
        dir="rtl",
        double=("«", "»"),
        single=("“", "”"),
        decimal="٫",
        numerals="arabic-indic",
        labels=Labels(
            interview="مقابلة",
            article="مقال",
            book="كتاب",
            by="بقلم",
            contents="المحتويات",
            cover="الغلاف",
            notes="الحواشي",
            beginning="البداية",
            page="صفحة",
            draft="مسودة ترجمة لم تُراجع",
        ),
    ),
    Locale(
        tag="he",
        script="Hebr",
        dir="rtl",
        double=("״", "״"),
        single=("׳", "׳"),
        labels=Labels(
            interview="ריאיון",
            article="מאמר",
            book="ספר",
            by="מאת",
            contents="תוכן העניינים",
            cover="כריכה",
            notes="הערות",
            beginning="התחלה",
            page="עמוד",
            draft="טיוטת תרגום, לא נבדקה",
        ),
    ),
    Locale(
        tag="zh-Hans",
        script="Hans",
        double=("“", "”"),
        single=("‘", "’"),
        dash="——",
        labels=Labels(
            interview="专访",
            article="文章",
            book="图书",
            by="作者：",
            contents="目录",
            cover="封面",
            notes="注释",
            beginning="正文",
            page="页",
            draft="译文草稿，未经审校",
        ),
    ),
    Locale(
        tag="fr",
        script="Latn",
        double=("«\u202f", "\u202f»"),
        single=("“", "”"),
        decimal=",",
        hyphenation="fr",
        labels=Labels(
            interview="Entretien",
            article="Article",
            book="Livre",
            by="Par",
            contents="Table des matières",
            cover="Couverture",
            notes="Notes",
            beginning="Début",
            page="Page",
            draft="Traduction provisoire, non relue",
        ),
    ),
    Locale(
        tag="de",
        script="Latn",
        double=("„", "“"),
        single=("‚", "‘"),
        decimal=",",
        hyphenation="de_DE",
        labels=Labels(
            interview="Interview",
            article="Artikel",
            book="Buch",
            by="Von",
            contents="Inhalt",
            cover="Umschlag",
            notes="Anmerkungen",
            beginning="Anfang",
            page="Seite",
            draft="Übersetzungsentwurf, nicht geprüft",
        ),
    ),
    Locale(
        tag="tr",
        script="Latn",
        double=("“", "”"),
        single=("‘", "’"),
        decimal=",",
        labels=Labels(
            interview="Röportaj",
            article="Makale",
            book="Kitap",
            by="Yazan:",
            contents="İçindekiler",
            cover="Kapak",
            notes="Notlar",
            beginning="Başlangıç",
            page="Sayfa",
            draft="Taslak çeviri, gözden geçirilmedi",
        ),
    ),
)

_FALLBACK = LOCALES[0]
_RTL_SCRIPTS = frozenset({"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
_RTL_LANGUAGES = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr"))
_RTL_LANGUAGES |= {"ug", "ur", "yi"}
_ARABIC_LANGUAGES = frozenset(("ar", "ckb", "fa", "ks", "ps", "sd", "ug"))
_CYRILLIC_LANGUAGES = frozenset(("ba", "be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"))


def primary(tag: str) -> str:
    """Return the primary language subtag of a BCP 47 tag, in lower case."""
    return tag.partition("-")[0].lower()


def known(tag: str) -> bool:
    """Say whether a row of its own, or of its language, serves ``tag``."""
    return any(row.language == primary(tag) for row in LOCALES)


def locale(tag: str) -> Locale:
    """Return the conventions of a BCP 47 tag: the same tag's row, its language's, or en-GB's.

    The row keeps the asked-for ``tag``. A script subtag (``kk-Latn``) overrides the row's
    script and direction.
    """
    row = next((row for row in LOCALES if row.tag.lower() == tag.lower()), None)
    row = row or next((row for row in LOCALES if row.language == primary(tag)), None)
    if row is None:
        row = msgspec.structs.replace(_FALLBACK, script=_script(tag), hyphenation="")
    script = _script(tag, row.script)
    return msgspec.structs.replace(row, tag=tag, script=script, dir=direction(tag))


def direction(tag: str) -> Direction:
    """Return the direction in which a language is written (BCP 47 script subtags win)."""
    subtag = _script_subtag(tag)
    if subtag:
        return "rtl" if subtag in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary(tag) in _RTL_LANGUAGES else "ltr"


def _script_subtag(tag: str) -> str:
    return next((part.title() for part in tag.split("-")[1:] if len(part) == 4), "")


def _script(tag: str, default: Script = "Latn") -> Script:
    subtag = _script_subtag(tag)
    scripts: tuple[Script, ...] = ("Latn", "Cyrl", "Grek", "Arab", "Aran", "Hebr", "Hans", "Hant")
    for script in scripts:
        if script == subtag:
            return script
    language = primary(tag)
    if language in _ARABIC_LANGUAGES:
        return "Arab"
    if language in _CYRILLIC_LANGUAGES:
        return "Cyrl"
    if language in ("he", "yi"):
        return "Hebr"
    return "Grek" if language == "el" else default
