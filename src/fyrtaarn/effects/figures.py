"""How a figure is made of its raw parts and written."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format

from .models import IndicatorVersion, Measure

PER_CENT = 100


def value_of(version: IndicatorVersion, above: Decimal | None, below: Decimal | None) -> Fraction | None:
    """The figure as it is shown, a share in per cent; None where it is not known."""
    if above is None:
        return None
    if version.measure not in (Measure.SHARE, Measure.MEAN):
        return Fraction(above)
    if not below:
        return None
    return Fraction(above) / Fraction(below) * (PER_CENT if version.measure == Measure.SHARE else 1)


def in_words(version: IndicatorVersion, value: Fraction | Decimal | None) -> str:
    """The figure with its unit, with at most one decimal; empty where it is not known."""
    if value is None:
        return ""
    exact = Fraction(value)
    tenths = _half_away(exact * 10)
    text = number_format(Decimal(tenths) / 10, decimal_pos=1 if tenths % 10 else 0, force_grouping=True)
    return f"{text} {version.shown_unit}"


def _half_away(exact: Fraction) -> int:
    """The nearest whole number; a half away from nought."""
    whole = (abs(exact) * 2 + 1) // 2
    return int(whole) if exact >= 0 else -int(whole)
