"""Plain pictures for the demo's solutions, drawn here so that no photograph of anybody is needed.

A motif draws on a sheet of 600 by 400 units in the municipality's accent, the lighthouse's yellow and brick, and ink.
"""

import io
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

from fyrtaarn.foundation.colours import BLACK, WHITE, mixed, soft

WIDTH, HEIGHT = 600, 400
FINER = 2  # drawn so much larger, then made smaller: smooth edges
COLOURS = 48
GROUND = 330
LAMP, BRICK, INK, SAND = "#ffc94d", "#c8401f", "#17252b", "#e8dcc4"

Point = tuple[float, float]


class Sheet:
    """Paper to draw on: a soft ground, a sun and a floor."""

    def __init__(self, accent: str, sun: float) -> None:
        self.accent, self.dark, self.light = accent, mixed(accent, BLACK, 0.35), mixed(accent, WHITE, 0.55)
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), soft(accent))
        self._draw = ImageDraw.Draw(self.image)
        self.disc((sun, 110), 62, LAMP)
        self.box((0, GROUND), (WIDTH, HEIGHT), SAND)

    def disc(self, middle: Point, radius: float, colour: str) -> None:
        x, y = middle
        self._draw.ellipse(_scaled((x - radius, y - radius), (x + radius, y + radius)), fill=colour)

    def ring(self, middle: Point, radius: float, colour: str, width: float) -> None:
        x, y = middle
        box = _scaled((x - radius, y - radius), (x + radius, y + radius))
        self._draw.ellipse(box, outline=colour, width=round(width * FINER))

    def box(self, start: Point, end: Point, colour: str, rounded: float = 0) -> None:
        self._draw.rounded_rectangle(_scaled(start, end), radius=rounded * FINER, fill=colour)

    def shape(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon(_scaled(*points), fill=colour)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        self._draw.line(_scaled(*points), fill=colour, width=round(width * FINER), joint="curve")
        for point in points:
            self.disc(point, width / 2, colour)

    def bow(self, start: Point, end: Point, first: int, last: int, colour: str, width: float) -> None:
        """A part of the ellipse in a box, from one angle to another, clockwise from three o'clock."""
        self._draw.arc(_scaled(start, end), first, last, fill=colour, width=round(width * FINER))

    def person(self, x: float, coat: str, skin: str, height: float = 1) -> None:
        """Somebody who stands on the floor."""
        top = GROUND + 20 - 130 * height
        self.box((x - 26 * height, top + 42 * height), (x + 26 * height, GROUND + 20), coat, rounded=22 * height)
        self.disc((x, top + 20 * height), 22 * height, skin)

    def png(self) -> bytes:
        """The picture as a small file."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(COLOURS)
        kept = io.BytesIO()
        small.save(kept, "PNG", optimize=True)
        return kept.getvalue()


def _scaled(*points: Point) -> list[Point]:
    return [(x * FINER, y * FINER) for x, y in points]


def bicycle(on: Sheet) -> None:
    back, front, pedals, saddle, bars = (200, 290), (410, 290), (290, 290), (255, 200), (385, 195)
    for wheel in (back, front):
        on.ring(wheel, 66, INK, 9)
        on.disc(wheel, 9, INK)
    on.line([back, pedals, saddle, back], on.accent, 10)
    on.line([saddle, (380, 215), pedals], on.accent, 10)
    on.line([front, bars, (360, 180)], on.accent, 10)
    on.line([(235, 188), (278, 188)], INK, 14)
    on.box((395, 190), (455, 235), BRICK, rounded=8)
    on.disc(pedals, 18, LAMP)


def garden(on: Sheet) -> None:
    on.box((90, 280), (510, 345), "#7a4a2b", rounded=14)
    for place, (x, colour) in enumerate(((150, BRICK), (235, on.accent), (320, LAMP), (405, BRICK), (470, on.accent))):
        top = 170 + 22 * (place % 3)
        on.line([(x, 285), (x, top)], "#3f7d3a", 8)
        on.shape([(x, 250), (x + 36, 226), (x + 8, 262)], "#3f7d3a")
        for dx, dy in ((-18, 0), (18, 0), (0, -18), (0, 18)):
            on.disc((x + dx, top + dy), 17, colour)
        on.disc((x, top), 11, INK)


def kitchen(on: Sheet) -> None:
    for x in (235, 300, 365):
        on.bow((x - 20, 90), (x + 10, 140), 270, 90, on.light, 8)
        on.bow((x - 10, 125), (x + 20, 175), 90, 270, on.light, 8)
    on.box((185, 200), (415, 335), on.accent, rounded=26)
    on.box((165, 190), (435, 214), on.dark, rounded=12)
    on.box((140, 228), (190, 248), on.dark, rounded=10)
    on.box((410, 228), (460, 248), on.dark, rounded=10)
    on.disc((90, 318), 26, BRICK)
    on.disc((500, 312), 30, "#3f7d3a")
    on.disc((545, 322), 22, BRICK)


def workshop(on: Sheet) -> None:
    on.box((80, 255), (520, 285), "#a8743f", rounded=6)
    for x in (110, 470):
        on.box((x, 285), (x + 22, 370), "#7a4a2b")
    on.line([(190, 250), (260, 160)], "#a8743f", 16)
    on.shape([(225, 128), (300, 178), (285, 202), (208, 152)], INK)
    on.shape([(350, 250), (500, 205), (510, 232), (360, 252)], on.light)
    on.box((318, 222), (372, 254), BRICK, rounded=10)
    on.box((120, 212), (170, 255), on.accent, rounded=6)


def tree(on: Sheet) -> None:
    on.box((280, 210), (320, 345), "#7a4a2b", rounded=8)
    for middle, radius, colour in (
        ((235, 190), 68, "#4f8a45"),
        ((365, 190), 68, "#4f8a45"),
        ((300, 135), 84, "#3f7d3a"),
        ((300, 210), 62, "#5c9a50"),
    ):
        on.disc(middle, radius, colour)
    for middle in ((250, 150), (340, 115), (375, 200), (290, 200)):
        on.disc(middle, 12, BRICK)
    on.box((395, 300), (520, 314), on.accent, rounded=5)
    for x in (410, 495):
        on.box((x, 314), (x + 10, 352), on.dark)


def hands(on: Sheet) -> None:
    on.line([(70, 330), (250, 255)], on.accent, 58)
    on.line([(530, 330), (350, 255)], on.dark, 58)
    on.line([(225, 265), (330, 232)], "#e0ac84", 44)
    on.line([(375, 265), (275, 236)], "#8d5b3b", 44)
    for x in (262, 286, 310):
        on.line([(x, 222), (x + 16, 252)], "#8d5b3b", 17)
    on.disc((278, 120), 30, BRICK)
    on.disc((322, 120), 30, BRICK)
    on.shape([(251, 133), (349, 133), (300, 188)], BRICK)


def house(on: Sheet) -> None:
    on.box((190, 190), (410, 345), WHITE)
    on.shape([(160, 195), (300, 85), (440, 195)], on.accent)
    on.box((360, 100), (390, 160), BRICK)
    on.box((275, 250), (325, 345), on.dark, rounded=6)
    for x in (212, 345):
        on.box((x, 225), (x + 44, 272), LAMP, rounded=4)
        on.line([(x + 22, 225), (x + 22, 272)], INK, 4)
    on.box((60, 270), (140, 345), BRICK)
    on.shape([(48, 274), (100, 225), (152, 274)], INK)
    on.disc((485, 290), 46, "#4f8a45")
    on.box((478, 300), (492, 345), "#7a4a2b")


def bus(on: Sheet) -> None:
    on.box((100, 165), (500, 315), on.accent, rounded=30)
    for x in (130, 220, 310):
        on.box((x, 190), (x + 72, 245), soft(on.accent), rounded=8)
    on.box((405, 190), (472, 290), soft(on.accent), rounded=8)
    on.disc((166, 222), 16, "#e0ac84")
    on.disc((256, 222), 16, "#8d5b3b")
    on.box((100, 268), (395, 282), LAMP)
    for x in (180, 420):
        on.disc((x, 318), 38, INK)
        on.disc((x, 318), 16, SAND)


def books(on: Sheet) -> None:
    on.box((110, 312), (490, 336), "#a8743f", rounded=4)
    x = 150.0
    for width, height, colour in ((44, 170, on.accent), (34, 140, BRICK), (52, 190, on.dark), (38, 150, LAMP)):
        on.box((x, 312 - height), (x + width, 312), colour, rounded=4)
        on.box((x + 8, 312 - height + 22), (x + width - 8, 312 - height + 32), soft(on.accent))
        x += width + 6
    on.shape([(365, 312), (420, 160), (456, 173), (401, 312)], on.light)
    on.disc((455, 290), 24, WHITE)
    on.ring((478, 290), 13, WHITE, 7)


def sewing(on: Sheet) -> None:
    on.box((120, 290), (480, 330), on.dark, rounded=12)
    on.box((385, 160), (450, 292), on.accent, rounded=14)
    on.box((170, 150), (450, 208), on.accent, rounded=22)
    on.box((170, 180), (225, 245), on.accent, rounded=14)
    on.line([(198, 245), (198, 284)], INK, 6)
    on.disc((465, 200), 30, BRICK)
    on.disc((465, 200), 11, soft(on.accent))
    on.box((285, 118), (325, 152), LAMP, rounded=5)
    on.line([(305, 135), (250, 128), (198, 180)], BRICK, 3)
    on.shape([(90, 330), (240, 292), (300, 292), (180, 360), (100, 360)], LAMP)


def people(on: Sheet) -> None:
    for x, coat, skin, height in (
        (160, on.accent, "#e0ac84", 1.15),
        (255, LAMP, "#8d5b3b", 1.0),
        (350, BRICK, "#f1c9a5", 1.1),
        (440, on.dark, "#b87a4b", 0.95),
    ):
        on.person(x, coat, skin, height)
    on.box((100, 285), (500, 306), "#a8743f", rounded=8)
    for x in (180, 300, 420):
        on.disc((x, 276), 15, WHITE)


def screen(on: Sheet) -> None:
    on.box((170, 110), (430, 280), INK, rounded=14)
    on.box((184, 124), (416, 266), WHITE, rounded=6)
    on.box((130, 280), (470, 304), on.dark, rounded=10)
    on.box((204, 146), (330, 160), on.accent, rounded=6)
    for y in (178, 202, 226):
        on.box((204, y), (396, y + 10), on.light, rounded=5)
    on.disc((376, 153), 14, LAMP)


MOTIFS: dict[str, tuple[Callable[[Sheet], None], str]] = {
    "cykel": (bicycle, "Tegning af en cykel med en kasse foran."),
    "have": (garden, "Tegning af et højbed med fem blomster i solskin."),
    "koekken": (kitchen, "Tegning af en dampende gryde med grøntsager ved siden af."),
    "vaerksted": (workshop, "Tegning af en høvlebænk med hammer og sav."),
    "trae": (tree, "Tegning af et æbletræ med en bænk ved siden af."),
    "haender": (hands, "Tegning af to hænder, der mødes under et hjerte."),
    "hus": (house, "Tegning af to huse med lys i vinduerne og et træ i haven."),
    "bus": (bus, "Tegning af en minibus med to passagerer."),
    "boeger": (books, "Tegning af en hylde med bøger og en kop."),
    "sytoej": (sewing, "Tegning af en symaskine med en trådrulle og et stykke gult stof."),
    "mennesker": (people, "Tegning af fire mennesker om et langt bord med kaffe."),
    "skaerm": (screen, "Tegning af en bærbar computer på et bord."),
}
"""Each motif by the name of its file: how it is drawn, and what it shows in words."""


def drawn(motif: str, accent: str, sun: float) -> bytes:
    """A motif as a PNG file, in a municipality's accent; `sun` is how far to the right the sun stands (0 to 600)."""
    sheet = Sheet(accent, sun)
    MOTIFS[motif][0](sheet)
    return sheet.png()
