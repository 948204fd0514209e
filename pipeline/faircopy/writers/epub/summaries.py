"""The sentences of the accessibility summary, in each language of the house."""

from __future__ import annotations

import msgspec


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the summary may say; ``gap`` stands between its sentences."""

    reflows: str
    no_images: str
    images: str
    images_missing: str
    formulas: str
    no_claim: str
    gap: str = " "


SUMMARIES = {
    "en": Summary(
        reflows="The text reflows, has headings and a table of contents, and follows the "
        "reader’s own size, colours and margins.",
        no_images="Apart from a cover there are no images.",
        images="Every image has alternative text.",
        images_missing="{missing} of {all} images have no alternative text.",
        formulas="Formulas are MathML, each with an alternative text.",
        no_claim="Conformance to a standard has not been assessed.",
    ),
    "ru": Summary(
        reflows="Текст подстраивается под экран, имеет заголовки и содержание и следует "
        "размеру, цветам и полям, которые выбирает читатель.",
        no_images="Кроме обложки, изображений нет.",
        images="У каждого изображения есть текстовое описание.",
        images_missing="Изображений без текстового описания: {missing} из {all}.",
        formulas="Формулы записаны в MathML, у каждой есть текстовая замена.",
        no_claim="Соответствие стандарту не проверялось.",
    ),
    "kk": Summary(
        reflows="Мәтін экранға бейімделеді, тақырыптары мен мазмұны бар, оқырман таңдаған "
        "өлшемге, түске және жиекке сай көрсетіледі.",
        no_images="Мұқабадан басқа сурет жоқ.",
        images="Әр суреттің мәтіндік сипаттамасы бар.",
        images_missing="Мәтіндік сипаттамасы жоқ суреттер: {all} суреттің {missing} данасы.",
        formulas="Формулалар MathML түрінде, әрқайсысының мәтіндік баламасы бар.",
        no_claim="Стандартқа сәйкестігі тексерілмеген.",
    ),
    "ur": Summary(
        reflows="متن اسکرین کے مطابق ڈھلتا ہے، اس میں سرخیاں اور فہرست ہیں، اور یہ پڑھنے والے "
        "کے چُنے ہوئے سائز، رنگ اور حاشیوں کا پابند ہے۔",
        no_images="سرورق کے سوا کوئی تصویر نہیں۔",
        images="ہر تصویر کا متبادل متن موجود ہے۔",
        images_missing="{all} میں سے {missing} تصاویر کا متبادل متن نہیں۔",
        formulas="فارمولے MathML میں ہیں اور ہر ایک کا متبادل متن موجود ہے۔",
        no_claim="کسی معیار سے مطابقت کی جانچ نہیں ہوئی۔",
    ),
    "ar": Summary(
        reflows="يتكيّف النص مع الشاشة، وله عناوين وفهرس محتويات، ويتبع ما يختاره القارئ من "
        "حجم وألوان وهوامش.",
        no_images="لا صور فيه سوى الغلاف.",
        images="لكل صورة نص بديل.",
        images_missing="صور بلا نص بديل: {missing} من {all}.",
        formulas="الصيغ مكتوبة بلغة MathML ولكل منها نص بديل.",
        no_claim="لم تُقيَّم المطابقة لأي معيار.",
    ),
    "he": Summary(
        reflows="הטקסט מתאים את עצמו למסך, יש בו כותרות ותוכן עניינים, והוא נענה לגודל, "
        "לצבעים ולשוליים שבחר הקורא.",
        no_images="פרט לכריכה אין תמונות.",
        images="לכל תמונה יש טקסט חלופי.",
        images_missing="תמונות ללא טקסט חלופי: {missing} מתוך {all}.",
        formulas="הנוסחאות כתובות ב־MathML ולכל אחת טקסט חלופי.",
        no_claim="התאמה לתקן לא נבדקה.",
    ),
    "zh": Summary(
        reflows="文字可随屏幕重排，设有标题和目录，并遵从读者自选的字号、颜色和页边距。",
        no_images="除封面外没有图片。",
        images="每幅图片都有替代文字。",
        images_missing="{all}幅图片中有{missing}幅没有替代文字。",
        formulas="公式采用MathML，并各有替代文字。",
        no_claim="未评估是否符合任何标准。",
        gap="",
    ),
    "fr": Summary(
        reflows="Le texte s’adapte à l’écran, comporte des titres et une table des matières, et "
        "suit le corps, les couleurs et les marges choisis par le lecteur.",
        no_images="Hormis une couverture, il n’y a pas d’image.",
        images="Chaque image a un texte de remplacement.",
        images_missing="{missing} images sur {all} n’ont pas de texte de remplacement.",
        formulas="Les formules sont en MathML, chacune avec un texte de remplacement.",
        no_claim="La conformité à une norme n’a pas été évaluée.",
    ),
    "de": Summary(
        reflows="Der Text passt sich dem Bildschirm an, hat Überschriften und ein "
        "Inhaltsverzeichnis und folgt der Größe, den Farben und den Rändern des Lesers.",
        no_images="Außer einem Umschlag gibt es keine Bilder.",
        images="Jedes Bild hat einen Alternativtext.",
        images_missing="{missing} von {all} Bildern haben keinen Alternativtext.",
        formulas="Formeln sind MathML, jede mit einem Alternativtext.",
        no_claim="Die Konformität mit einer Norm wurde nicht geprüft.",
    ),
    "tr": Summary(
        reflows="Metin ekrana göre akar, başlıkları ve içindekiler listesi vardır, okurun seçtiği "
        "boyuta, renklere ve kenar boşluklarına uyar.",
        no_images="Kapak dışında görsel yoktur.",
        images="Her görselin alternatif metni vardır.",
        images_missing="{all} görselden {missing} tanesinin alternatif metni yoktur.",
        formulas="Formüller MathML biçimindedir, her birinin alternatif metni vardır.",
        no_claim="Bir standarda uygunluk değerlendirilmemiştir.",
    ),
}
