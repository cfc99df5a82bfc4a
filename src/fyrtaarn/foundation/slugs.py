"""Addresses of Danish words in ASCII."""

from django.utils.text import slugify

DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ü": "y", "ö": "oe", "ä": "ae"}
)
LONGEST = 80


def danish_slug(text: str) -> str:
    """A slug of at most 80 characters: "Børn & unge på Østerbro" becomes "boern-unge-paa-oesterbro"."""
    slug = slugify(text.translate(DANISH))[:LONGEST].strip("-")
    return slug or "uden-navn"
