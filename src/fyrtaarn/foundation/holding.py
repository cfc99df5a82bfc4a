"""Rows that are held: nobody else changes them until the transaction ends.

All holding in the product is with `no_key=True`: others may point to the row meanwhile. What points to it is looked at
when their transaction ends, so otherwise each could wait for the other, and one of the two would be broken off.
Of many rows, those with the lower number are held first.
"""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .rules import Refused

M = TypeVar("M", bound=models.Model)


class Gone(Refused):
    """Somebody has removed it since it was read."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has removed this in the meantime."))


def hold(rows: models.QuerySet[M], pk: Any) -> M:
    """One of the rows as it is now, held until the transaction ends. Raises Gone when it is no longer there."""
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise Gone
    return found
