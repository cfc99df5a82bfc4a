"""CVR numbers: eight digits, the first not 0, divisible by 11 with the weights 2 7 6 5 4 3 2 1.

Source: Erhvervsstyrelsen's rule for the CVR number, as implemented in python-stdnum.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.dk import cvr


def tidy_cvr(text: str) -> str:
    """The digits alone: "DK 10 15 08-17" becomes "10150817"."""
    return str(cvr.compact(text)).replace("-", "").replace(".", "")


def validate_cvr(number: str) -> None:
    """Raise ValidationError, with what is wrong in plain words, unless the number is a CVR number."""
    if not number.isascii() or not number.isdigit() or len(number) != 8:
        raise ValidationError(_("A CVR number has eight digits."), code="cvr_length")
    if not cvr.is_valid(number):
        raise ValidationError(_("This is not a CVR number: a digit is wrong. Look at it once more."), code="cvr_check")
