"""The days that a page of the books shows, and the numbers of accounts in the finance system."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField, DaysForm

from .models import AccountKind, FinanceAccount

FIRST_DAY = date(1970, 1, 1)
"""Before this no municipality of today was there."""


class PeriodForm(DaysForm):
    """From which day to which; what is left out is this year until today."""

    all_optional = True
    starts = DateField(label=_("From"), required=False, validators=[MinValueValidator(FIRST_DAY)])
    last_day = DateField(label=_("To and including"), required=False, validators=[MinValueValidator(FIRST_DAY)])

    @classmethod
    def asked(cls, query: Any) -> "PeriodForm":
        """The form of an address, with the days that are shown where it leaves them out."""
        form = cls(query)
        if not form.is_valid():
            return form
        first, last = form.period
        return cls({"starts": first.isoformat(), "last_day": last.isoformat()})

    @property
    def period(self) -> tuple[date, date]:
        """The days that are asked for; this year until today where they make no sense."""
        given = self.cleaned_data if self.is_valid() else {}
        last = given.get("last_day") or max(given.get("starts") or FIRST_DAY, clock.today())
        return given.get("starts") or last.replace(month=1, day=1), last


class MappingForm(forms.Form):
    """A number for each kind of account."""

    all_optional = True

    def __init__(self, data: Any, _files: Any = None, *, numbers: dict[str, str]) -> None:
        super().__init__(data, initial=numbers)
        longest = FinanceAccount._meta.get_field("number").max_length
        for kind, label in AccountKind.choices:
            self.fields[kind] = forms.CharField(label=label, max_length=longest, required=False)

    @property
    def numbers(self) -> dict[AccountKind, str]:
        return {kind: self.cleaned_data[kind] for kind in AccountKind}
