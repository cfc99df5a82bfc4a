"""What assessors and those who assign them write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.forms import DateField
from fyrtaarn.people.models import User
from fyrtaarn.pools.models import Criterion

from .actions import Given
from .models import Assignment

LONGEST = 4000


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class WhyForm(forms.Form):
    """A reason that must be given."""

    why = _text(_("Why?"))


class ConflictForm(forms.Form):
    """What stands in the way."""

    what = _text(
        _("What is the conflict of interest?"),
        help_text=_("Those who look after the pool read it. A few words are enough."),
    )


class RemarkForm(forms.Form):
    """Something for the others."""

    text = _text(_("What do you want to say to the others?"))


class DueForm(forms.Form):
    """Until when assessors have time."""

    due = DateField(label=_("Assess by"))


class AssignForm(DueForm):
    """One person for one application; those who may not are not offered."""

    assessor = forms.TypedChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why her?"), max_length=200, required=False, help_text=_("It stands beside her name.")
    )

    field_order = ("assessor", "due", "reason")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(one.pk): one for one in people}
        field: Any = self.fields["assessor"]
        field.choices, field.coerce = [(key, str(one)) for key, one in by_key.items()], by_key.__getitem__


class ScoreForm(forms.Form):
    """Points and a reason for each criterion, and the whole. Nothing is asked of a draft."""

    template_name = "assessment/score_form.html"
    all_optional = True  # a draft may lack anything; what is missing is said when she wants to be done

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"points_{one.pk}"] = forms.IntegerField(
                label=_points(one), min_value=0, max_value=one.most, required=False
            )
            self.fields[f"why_{one.pk}"] = _text(_("Why?"), required=False)
        self.fields["opinion"] = _text(_("What do you say of the whole?"), rows=5, required=False)

    @property
    def by_criterion(self) -> Iterator[tuple[Criterion, str, BoundField, BoundField]]:
        """Each criterion with what gives many points, in the reader's language, and its two fields."""
        for one in self.criteria:
            guidance = one.guidance_en if get_language() == "en" and one.guidance_en else one.guidance
            yield one, guidance, self[f"points_{one.pk}"], self[f"why_{one.pk}"]

    @property
    def given(self) -> dict[int, Given]:
        words = self.cleaned_data
        return {one.pk: Given(words[f"points_{one.pk}"], words[f"why_{one.pk}"]) for one in self.criteria}


def _points(criterion: Criterion) -> str:
    return _("Points from 0 to %(most)s") % {"most": criterion.most}


def initial_of(assignment: Assignment) -> Mapping[str, Any]:
    """What she has saved so far."""
    found: dict[str, Any] = {"opinion": assignment.opinion.text if hasattr(assignment, "opinion") else ""}
    for score in assignment.scores.all():
        found[f"points_{score.criterion_id}"], found[f"why_{score.criterion_id}"] = score.points, score.comment
    return found
