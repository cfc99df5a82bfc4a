"""Money is whole øre in the database, and Danish or English money in words on the page."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _


def kroner(oere: int) -> str:
    """`1234550` øre as "12.345,50 kr." (Danish) or "DKK 12,345.50" (English); whole kroner without decimals."""
    places = 0 if oere % 100 == 0 else 2
    amount = formats.number_format(Decimal(oere) / 100, decimal_pos=places, force_grouping=True)
    return _("DKK %(amount)s") % {"amount": amount}
