"""Texts that stand in both languages."""

from typing import Any

from django.utils.translation import get_language


def in_language() -> str:
    """The ending of the columns that the reader reads."""
    return "en" if get_language() == "en" else "da"


class Said:
    """The reader's one of a pair of columns: `name = Said()` reads `name_da` or `name_en`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> str:
        text: str = getattr(row, f"{self.name}_{in_language()}")
        return text
