"""The words that an edition adds to the manuscript's own, in each language."""

from __future__ import annotations

import msgspec


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one language, printed or heard, such as “Contents”."""

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


LABELS = {
    "en": Labels(
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
    ),
    "ru": Labels(
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
    "kk": Labels(
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
    "ur": Labels(
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
    "ar": Labels(
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
    "he": Labels(
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
    "zh": Labels(
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
    "zh-Hant": Labels(
        interview="專訪",
        article="文章",
        book="圖書",
        by="作者：",
        contents="目錄",
        cover="封面",
        notes="註釋",
        beginning="正文",
        page="頁",
        draft="譯文草稿，未經審校",
    ),
    "fr": Labels(
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
    "de": Labels(
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
    "tr": Labels(
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
}
"""By primary language subtag; `locales.LOCALES` refers to them."""
