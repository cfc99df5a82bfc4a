"""Colours that people can read: contrast as WCAG defines it, and shades of a municipality's accent."""

BLACK = "#000000"
WHITE = "#ffffff"
PAPER = "#fbf8f2"
TEXT_CONTRAST = 4.5


def _channels(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three whole numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white) of an sRGB colour `#rrggbb`.

    Source: WCAG 2.2, definition of relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio from 1 to 21 between two colours `#rrggbb`.

    Source: WCAG 2.2, definition of contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `other` mixed into `colour`, channel by channel."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def soft(colour: str) -> str:
    """The paper with a breath of the colour: the ground of what belongs to a municipality."""
    return mixed(PAPER, colour, 0.12)


def readable(colour: str) -> str:
    """The colour itself where text in it can be read on its own soft ground, else the nearest darker shade that can.

    White text on the shade can then be read too. Source of the limit: WCAG 2.2, success criterion 1.4.3.
    """
    shades = (mixed(colour, BLACK, step / 100) for step in range(101))
    return next(shade for shade in shades if contrast(shade, soft(shade)) >= TEXT_CONTRAST)


def accent_stylesheet(colour: str) -> str:
    """A stylesheet that gives a municipality's pages its colour, darkened where it could not be read."""
    accent = readable(colour)
    return (
        ":root {"
        f" --accent: {accent};"
        f" --accent-dark: {mixed(accent, BLACK, 0.35)};"
        f" --accent-soft: {soft(accent)};"
        f" --accent-line: {mixed(PAPER, accent, 0.35)};"
        " }\n"
    )
