"""What looks are set with: the theme's fonts and sizes in one language."""

from __future__ import annotations

import msgspec

from faircopy.languages import Locale, locale
from faircopy.theme import Script, Style, Theme
from faircopy.theme.tokens import Page
from faircopy.writers.docx import theming
from faircopy.writers.docx.looks import Voice
from faircopy.writers.docx.ooxml import Element, give, make

EAST_ASIAN = frozenset({"zh", "ja", "ko"})


class Setting(msgspec.Struct, frozen=True):
    """What styles need to know beside their looks: the theme's fonts and the language."""

    theme: Theme
    page: Page
    script: Script
    locale: Locale

    @property
    def rtl(self) -> bool:
        """Whether the text runs from right to left."""
        return self.locale.dir == "rtl"

    @property
    def east_asian(self) -> bool:
        """Whether the text is Chinese, Japanese or Korean."""
        return self.locale.language in EAST_ASIAN

    def sizes(self, style: Style) -> tuple[float, float, float]:
        """Return size, size of complex scripts and leading of a style, in points.

        A script's leading is meant for the body; other styles keep their own proportion to it.
        """
        script, body = self.script, self.page.style.body
        scaled = style.size * script.size
        size = scaled * script.latin if self.rtl else scaled
        if not script.lead:
            return size, scaled, style.lead * script.size
        looser = (style.lead / style.size) / (body.lead / body.size)
        return size, scaled, scaled * script.lead * looser

    def family(self, voice: Voice) -> str:
        """Return the theme's family for a voice."""
        return str(getattr(self.theme.font, voice))

    def fonts(self, voice: Voice) -> Element:
        """Return ``w:rFonts`` of a voice: Latin, complex script and East Asian."""
        arabic, chinese = self.theme.script("ar"), self.theme.script("zh")
        complex_script = self.script if self.rtl else arabic
        eastern = self.script if self.east_asian else chinese
        name = "sans" if voice == "sans" else "text"
        family = self.family(voice)
        fonts = make(
            "rFonts",
            ascii=family,
            hAnsi=family,
            eastAsia=getattr(eastern, name) or family,
            cs=getattr(complex_script, name) or family,
        )
        if voice in theming.FONTS:
            named = theming.FONTS[voice]
            give(fonts, asciiTheme=named, hAnsiTheme=named)
        if self.east_asian and voice != "mono":
            give(fonts, hint="eastAsia")
        return fonts

    def named(self, colour: str) -> str:
        """Return the name of a colour in Word's theme; "" for one that the theme has not."""
        return theming.colours(self.theme.colour).get(colour.upper(), "")

    def lang(self) -> Element:
        """Return ``w:lang``: Latin, East Asian and complex-script language."""
        own = region(self.locale.tag)
        latin = "en-GB" if self.rtl or self.east_asian else own
        return make(
            "lang",
            val=latin,
            eastAsia=own if self.east_asian else "zh-CN",
            bidi=own if self.rtl else "ar-SA",
        )


def region(tag: str) -> str:
    """Return a BCP 47 tag as Word's languages are called."""
    return locale(tag).region or tag
