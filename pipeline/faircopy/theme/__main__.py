"""Cut the house theme's faces: ``./inv`` does it once, when it installs the fonts.

A face that is missing here is cut by the first edition that shows it.
"""

from faircopy.theme import fonts, load

for face in load().faces:
    if fonts.installed(face):
        fonts.file(face)
