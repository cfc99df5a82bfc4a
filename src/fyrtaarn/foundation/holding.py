"""Rows that are held: nobody else changes them until the transaction ends."""

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
    found = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise Gone
    return found
