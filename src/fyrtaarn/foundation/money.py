"""Money is whole øre in the database, and Danish or English money in words on the page."""

import re
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

AROUND = re.compile(r"^(dkk|kr\.?)|(dkk|kr\.?|,-)$", re.IGNORECASE)
GROUPED = r"[0-9]{1,3}(?:%s[0-9]{3})+|[0-9]+"
WRITTEN = (  # Danish and English; three digits after a sign are thousands in both
    re.compile(rf"^(?P<whole>{GROUPED % '[.]'})(?:,(?P<rest>[0-9]{{1,2}}))?$"),
    re.compile(rf"^(?P<whole>{GROUPED % ','})(?:[.](?P<rest>[0-9]{{1,2}}))?$"),
)


def oere_in(text: str) -> int:
    """The øre of an amount as people write it: "12.500", "12 500,50 kr." or "DKK 12,500.50".

    Raises ValueError for what is no amount in either language ("1,5,0").
    """
    plain = AROUND.sub("", "".join(text.split()))
    for form in WRITTEN:
        if found := form.match(plain):
            whole, rest = re.sub("[.,]", "", found["whole"]), (found["rest"] or "").ljust(2, "0")
            return int(whole) * 100 + int(rest)
    raise ValueError(f"{text!r} is not an amount")


def amount(oere: int) -> str:
    """`1234550` øre as "12.345,50" (Danish) or "12,345.50" (English); whole kroner without decimals."""
    places = 0 if oere % 100 == 0 else 2
    return formats.number_format(Decimal(oere) / 100, decimal_pos=places, force_grouping=True)


def kroner(oere: int) -> str:
    """The same as an amount of money: "12.345,50 kr." or "DKK 12,345.50"."""
    return _("DKK %(amount)s") % {"amount": amount(oere)}
