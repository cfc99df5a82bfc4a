"""The form in which a municipality chooses what effect it asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import BottomLine, Outcome
from ..queries import outcomes

LINES = {
    BottomLine.PEOPLE: _("For people"),
    BottomLine.ENTERPRISE: _("For the enterprise"),
    BottomLine.SOCIETY: _("For society"),
}


class WantedForm(forms.Form):
    """The outcomes by bottom line. `seen` is what was wanted when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def __init__(self, *args: Any, wanted: Iterable[int], **kwargs: Any) -> None:
        self.outcomes = {outcome.pk: outcome for outcome in outcomes()}
        held = set(wanted)
        kwargs["initial"] = {"seen": ",".join(str(pk) for pk in sorted(held))} | {
            line: [pk for pk in self._of(line) if pk in held] for line in LINES
        }
        super().__init__(*args, **kwargs)
        for line, label in LINES.items():
            self.fields[line] = forms.TypedMultipleChoiceField(
                label=label,
                coerce=int,
                choices=[(pk, f"{self.outcomes[pk].name}: {self.outcomes[pk].what}") for pk in self._of(line)],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _of(self, line: str) -> list[int]:
        return [pk for pk, outcome in self.outcomes.items() if outcome.bottom_line == line]

    @property
    def chosen(self) -> list[Outcome]:
        return [self.outcomes[pk] for line in LINES for pk in self.cleaned_data[line]]

    @property
    def seen_before(self) -> list[Outcome]:
        keys = self.cleaned_data["seen"].split(",")
        return [outcome for pk, outcome in self.outcomes.items() if str(pk) in keys]
