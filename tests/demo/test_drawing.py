"""The demo's pictures: real, small, different from each other, and told in words."""

import io

import pytest
from PIL import Image

from fyrtaarn.demo.drawing import HEIGHT, MOTIFS, WIDTH, drawn
from fyrtaarn.demo.parts.pictures import BY_THEME, BY_WORD, motif_of
from fyrtaarn.demo.reading import rows
from fyrtaarn.foundation.files import MOST_BYTES

SMALL = 20_000


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_is_a_small_picture_in_the_accent(motif: str) -> None:
    blue, red = (drawn(motif, accent, 90) for accent in ("#0b4a8f", "#7a1f4b"))
    assert blue != red
    assert drawn(motif, "#0b4a8f", 90) == blue
    picture = Image.open(io.BytesIO(blue))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(blue) < SMALL < MOST_BYTES


def test_each_motif_is_told_in_words_of_its_own() -> None:
    words = [text for _draw, text in MOTIFS.values()]
    assert len(set(words)) == len(MOTIFS)
    assert all(text.startswith("Tegning af ") and text.endswith(".") for text in words)


def test_every_motif_is_used_and_no_other_is_named() -> None:
    named = {motif for motif, _pattern in BY_WORD} | set(BY_THEME.values())
    assert named == set(MOTIFS)
    used = [motif_of(row) for row in rows("solutions")]
    assert set(MOTIFS) <= set(used)
    assert 100 <= len(used) - used.count("") <= len(used) - 100, "cards are seen with and without a picture"


@pytest.mark.parametrize(
    ("title", "theme", "motif"),
    [
        ("Cykelværksted for unge", "job-og-inklusion", "cykel"),
        ("Værktøj på lånekort", "genbrug-og-cirkulaer-oekonomi", ""),
        ("Bogholderi for små firmaer", "ivaerksaetteri-og-indkoeb", ""),
        ("Vi vil have ro", "psykisk-sundhed", ""),
        ("Venner på besøg", "aeldre-og-omsorg", "haender"),
    ],
)
def test_a_title_tells_more_than_a_theme(title: str, theme: str, motif: str) -> None:
    assert motif_of({"title": title, "themes": [theme]}) == motif
