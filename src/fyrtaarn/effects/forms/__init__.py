"""The room's forms."""

from .plans import AroundForm, HonestForm, OutcomesForm, PlannedForm
from .wanted import WantedForm

__all__ = ["AroundForm", "HonestForm", "OutcomesForm", "PlannedForm", "WantedForm"]
