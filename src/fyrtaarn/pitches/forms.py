"""Forms about pitches."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField
from fyrtaarn.listings.models import Listing
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from .models import LONGEST, Pitch, PitchReview
from .parts import GUIDES, STEPS, Guide, Part, reading_seconds, words_in
from .queries import ambassadors_for, departments_to_ask, offers_of

LONGEST_KEY = 36
USUAL_DAYS = 14


class BeginForm(forms.Form):
    """Which organisation the pitch is for, and which of its solutions it begins from."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    offer = forms.ModelChoiceField(
        label=_("Begin from a solution"),
        queryset=Listing.objects.none(),
        required=False,
        empty_label=_("None, begin with an empty page"),
        help_text=_("What you have written of the solution is put in the right places, and you write on from there."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [membership.organisation_id for membership in memberships_of(user)]
        own = Organisation.objects.filter(pk__in=teams).order_by("sort_key", "pk")
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]
        offers = Listing.objects.filter(organisation__in=teams, kind="solution", ended=None)
        self.fields["offer"].queryset = offers.order_by("sort_key", "pk")  # type: ignore[attr-defined]
        if len(teams) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = teams[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation, offer = cleaned.get("organisation"), cleaned.get("offer")
        if organisation and offer and not offers_of(organisation).filter(pk=offer.pk).exists():
            self.add_error("offer", _("Choose one of the organisation's own solutions."))
        return cleaned


@dataclass(frozen=True)
class Guided:
    """A field with what helps to write it; `words` are those that stand there now."""

    field: BoundField
    guide: Guide | None
    words: int

    @property
    def seconds(self) -> int:
        return reading_seconds(self.words)


class StepForm(forms.ModelForm):  # type: ignore[type-arg]
    """Some parts of a pitch, with the version that the page was opened with and a key of the page itself."""

    template_name = "pitches/step_form.html"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    page_key = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Pitch
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(version=self.instance.version, page_key=uuid.uuid4())
        for name in set(Part.values) & self.fields.keys():
            self.fields[name].help_text = str(GUIDES[Part(name)].question)
            self.fields[name].widget.attrs["rows"] = 5
        if "department" in self.fields:
            choice: Any = self.fields["department"]
            choice.queryset = departments_to_ask()
            choice.label_from_instance = lambda one: f"{one.municipality.label}: {one.label}"

    @property
    def all_optional(self) -> bool:
        """What is missing is asked for when others are to see it, so no field is called optional."""
        return True

    @property
    def guided(self) -> list[Guided]:
        guides = {field.name: GUIDES[Part(field.name)] for field in self.visible_fields() if field.name in Part.values}
        return [
            Guided(field, guides.get(field.name), words_in(str(field.value() or ""))) for field in self.visible_fields()
        ]

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def clean_page_key(self) -> str:
        key: str = self.cleaned_data["page_key"]
        return key if len(key) <= LONGEST_KEY else ""

    @property
    def values(self) -> dict[str, Any]:
        """What was written, without what the page carries."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ProblemForm(StepForm):
    class Meta(StepForm.Meta):
        fields = ("title", *STEPS["problem"])
        help_texts = {"title": _("A few words that are remembered.")}


class SolutionForm(StepForm):
    class Meta(StepForm.Meta):
        fields = tuple(STEPS["solution"])


class AskForm(StepForm):
    class Meta(StepForm.Meta):
        fields = (*STEPS["ask"], "department", "language")
        widgets = {"language": forms.RadioSelect}
        labels = {"department": _("Which department do you ask?")}


FORMS: dict[str, type[StepForm]] = {"problem": ProblemForm, "solution": SolutionForm, "ask": AskForm}


class AmbassadorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several ambassadors, by department."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} ({obj.department.label})"


class ReviewForm(forms.Form):
    """Which ambassador is asked, and until when."""

    ambassador = AmbassadorField(
        label=_("Whom do you ask?"),
        queryset=PitchReview.objects.none(),
        help_text=_("Ambassadors are employees who know social economy. Choose one in the department you ask."),
    )
    due = DateField(label=_("When do you need the comments?"))
    message = forms.CharField(
        label=_("A few words to the ambassador"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance what you are in doubt about."),
    )

    def __init__(self, *args: Any, pitch: Pitch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = ambassadors_for(pitch)
        self.fields["ambassador"].queryset = found  # type: ignore[attr-defined]
        own = found.filter(department=pitch.department_id).first() if pitch.department_id else None
        self.initial.setdefault("ambassador", own.pk if own else None)
        self.initial.setdefault("due", clock.today() + timedelta(days=USUAL_DAYS))


class CommentForm(forms.Form):
    """What an ambassador says of each part, and of the whole."""

    template_name = "pitches/comment_form.html"
    overall = forms.CharField(
        label=_("The whole of it"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    all_optional = True

    def __init__(self, *args: Any, review: PitchReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {comment.part: comment.text for comment in review.comments.all()}
        self.read = dict(review.version.texts)
        for part in self.read:
            self.fields[part] = forms.CharField(
                label=_("Your comment on this part"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                validators=[MaxLengthValidator(LONGEST)],
                initial=said.get(part, ""),
            )
        self.initial["overall"] = review.overall

    @property
    def beside(self) -> list[tuple[Part, str, BoundField]]:
        """Each part with its text and the field for the comment."""
        return [(part, text, self[part]) for part, text in self.read.items()]

    @property
    def texts(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in self.read}


class ReasonForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=_("A few words to the organisation"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
