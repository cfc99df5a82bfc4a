"""The company register: look a CVR number up, first in the state's register, then in a CSV file of our own.

Nothing in the product depends on an answer: where neither answers, people type by hand.
"""

from django.conf import settings

from .answers import Company, NotInRegister, RegisterUnavailable
from .csv_file import company_from_csv
from .datafordeler import company_from_datafordeler

__all__ = ["Company", "NotInRegister", "RegisterUnavailable", "look_up"]


def look_up(cvr: str) -> Company:
    """The company with this (valid) CVR number.

    Raises NotInRegister when a register answered and does not know it, RegisterUnavailable when none could answer.
    """
    environment = settings.ENVIRONMENT
    unavailable = RegisterUnavailable("no register is set")
    if environment.cvr_url:
        try:
            return company_from_datafordeler(cvr, environment.cvr_url, environment.cvr_key)
        except RegisterUnavailable as fault:
            unavailable = fault
    if environment.cvr_csv:
        return company_from_csv(cvr, environment.cvr_csv)
    raise unavailable
