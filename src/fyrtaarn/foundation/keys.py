"""Keys of rows as they stand in addresses and forms: never trusted, and never more than the database can hold."""

from django.http import Http404

MOST_DIGITS = 18  # what always fits a bigint


def key_in(text: str) -> int | None:
    """The key that a text is; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def key_or_404(text: str) -> int:
    """The same. Raises Http404 for anything else."""
    key = key_in(text)
    if key is None:
        raise Http404
    return key
