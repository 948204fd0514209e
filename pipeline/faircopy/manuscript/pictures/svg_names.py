"""The names that static SVG is made of (SVG 1.1, appendices K and L; SVG 2, appendix I)."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


SVG = "{http://www.w3.org/2000/svg}"
HREF = ("href", "{http://www.w3.org/1999/xlink}href")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

ELEMENTS = names(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line
    linearGradient marker mask path pattern polygon polyline radialGradient rect stop style svg
    switch symbol text textPath title tspan use
    """
)
"""What is kept."""

DROPPED = names("color-profile cursor font font-face glyph hkern metadata missing-glyph view vkern")
"""What shows nothing: no browser takes its letters from SVG's own fonts."""

ACTIVE = names(
    """
    script foreignObject handler listener iframe object embed audio video canvas applet base link
    """
)
"""What runs something, or draws another kind of document in."""

ANIMATION = names("animate animateColor animateMotion animateTransform animation discard mpath set")

UNPAINTED = frozenset(
    name for name in ELEMENTS if name.startswith("fe") and name not in ("feOffset", "feBlend")
) | {"switch"}
"""What WeasyPrint 70 passes over (its ``svg/defs.py``), or draws in each of its forms."""

PAINTED = names(
    """
    clip-path color-profile cursor fill filter marker marker-end marker-mid marker-start mask stroke
    """
)
"""Attributes that may lead to an element: ``url(#id)``."""

PRESENTATION = PAINTED | names(
    """
    alignment-baseline baseline-shift clip clip-rule color color-interpolation
    color-interpolation-filters color-rendering direction display dominant-baseline
    enable-background fill-opacity fill-rule flood-color flood-opacity font font-family
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-weight
    glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning
    letter-spacing lighting-color mask-type mix-blend-mode opacity overflow paint-order
    pointer-events shape-rendering stop-color stop-opacity stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
    text-decoration text-rendering transform-origin unicode-bidi vector-effect visibility
    white-space word-spacing writing-mode
    """
)
"""Properties that may be attributes."""

ATTRIBUTES = PRESENTATION | names(
    """
    amplitude aria-describedby aria-hidden aria-label aria-labelledby azimuth baseFrequency
    baseProfile bias class clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode elevation
    exponent filterUnits fr fx fy gradientTransform gradientUnits height id in in2 intercept k1 k2
    k3 k4 kernelMatrix kernelUnitLength lang lengthAdjust limitingConeAngle markerHeight markerUnits
    markerWidth maskContentUnits maskUnits media method mode numOctaves offset operator order orient
    pathLength patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY
    pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY result role
    rotate rx ry scale seed side slope spacing specularConstant specularExponent spreadMethod
    startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY
    textLength title transform type values version viewBox width x x1 x2 xChannelSelector y y1 y2
    yChannelSelector z
    """
)
"""What is kept besides; of all others, static drawings look the same without them."""
