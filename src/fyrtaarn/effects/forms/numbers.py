"""Numbers as people write them."""

import re
from typing import Any

from django import forms
from django.utils.formats import get_format


class NumberField(forms.DecimalField):
    """A number with the decimal sign of the reader's language, and its sign or a blank between thousands: 1.200,50."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, localize=True, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        return super().to_python(_without_grouping(value) if isinstance(value, str) else value)


def _without_grouping(text: str) -> str:
    """The text without what stands between groups of three digits."""
    between, decimal = (re.escape(get_format(name)) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR"))
    bare = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}(?!\d))", "", text.strip())
    grouped = re.fullmatch(rf"-?\d{{1,3}}(?:{between}\d{{3}})+(?:{decimal}\d*)?", bare)
    return re.sub(between, "", bare) if grouped else bare
