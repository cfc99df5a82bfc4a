"""What people write in the council's pages. People choose the last day of a term; the database keeps the day after."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField, DaysForm, UploadField
from fyrtaarn.people.models import User
from fyrtaarn.topics.models import Goal, Theme

from .models import Advice, AdviceCourse, Background, Council, CouncilMeeting, Stance

LONGEST = 5000
LONGEST_MINUTES = 50_000
MOST_DAYS_TO_ANSWER = 365


def _text(label: Any, *, rows: int = 5, longest: int = LONGEST, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **options)


def _title(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=150, **options)


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class CouncilForm(forms.Form):
    """What the council is called and for."""

    name = _title(_("Name of the council"))
    purpose = _text(_("What is the council for?"), help_text=_("Everybody can read it."))
    answer_days = forms.IntegerField(
        label=_("Days to answer advice"),
        min_value=1,
        max_value=MOST_DAYS_TO_ANSWER,
        help_text=_("So many days a department usually has. You can choose another day for each piece of advice."),
    )


class SeatForm(forms.Form):
    """A new seat."""

    background = forms.ChoiceField(
        label=_("Background of the member"), choices=Background.choices, widget=forms.RadioSelect
    )


class MemberForm(DaysForm):
    """Who sits in a seat, and when. `member` is the person with the address."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one that she signs in with. Nobody? Ask the administrator to invite her as a council member."),
    )
    affiliation = _title(
        _("Where she comes from"),
        required=False,
        help_text=_("For instance an enterprise or a party. Everybody sees it."),
    )
    starts = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        known = User.objects.filter(email=email, is_active=True, emailaddress__verified=True).distinct().first()
        if known is None:
            raise forms.ValidationError(_("Nobody signs in with this address yet."))
        self.member = known
        return email

    @property
    def ends(self) -> date | None:
        """The first day after the term."""
        return _day_after(self.cleaned_data["last_day"])


class EndTermForm(forms.Form):
    """When a term ends."""

    last_day = DateField(label=_("Last day"), help_text=_("Her answers to minutes of meetings until then still count."))

    @property
    def ends(self) -> date:
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


def _day_after(day: date | None) -> date | None:
    return day and day + timedelta(days=1)


class ProposalForm(forms.Form):
    """A proposal from somebody whom we know."""

    title = _title(_("What should the council talk about?"))
    text = _text(_("Why, and what should come of it?"), help_text=_("A few sentences are enough. Name no citizens."))
    show_name = forms.BooleanField(label=_("Show my name on the agenda"), required=False)


class StrangersProposalForm(ProposalForm):
    """A proposal from somebody without an account."""

    name = _title(_("Your name"))
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("We send you a link to confirm your proposal.")
    )

    field_order = ("title", "text", "name", "email", "show_name")


class AcceptForm(forms.Form):
    """Which agenda a proposal comes on, and why."""

    meeting = forms.ModelChoiceField(CouncilMeeting.objects.none(), label=_("Meeting"), empty_label=None)
    reason = _text(_("Why do you take it up?"), rows=3, help_text=_("The one who made it gets your answer."))

    def __init__(self, *args: Any, meetings: QuerySet[CouncilMeeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["meeting"].label_from_instance = _meeting_label  # type: ignore[attr-defined]


def _meeting_label(meeting: CouncilMeeting) -> str:
    return f"{meeting.title}, {meeting.day:%d.%m.%Y}"


class ReasonForm(forms.Form):
    """Why."""

    reason = _text(_("Why?"), rows=3, help_text=_("Those whom it concerns get your answer."))


def _clock_time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )


class MeetingForm(forms.Form):
    """When and where."""

    title = _title(_("Title"))
    day = DateField(label=_("Day"))
    begins = _clock_time(_("From"))
    finishes = _clock_time(_("Until"))
    place = forms.CharField(label=_("Place"), max_length=200, help_text=_("Address and room, or a link."))
    open_to_all = forms.BooleanField(label=_("Everybody may come and listen"), required=False)
    version = _version()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, finishes = cleaned.get("begins"), cleaned.get("finishes")
        if begins and finishes and finishes <= begins:
            self.add_error("finishes", _("The meeting must end after it begins."))
        if cleaned.get("day") and begins and self._moment(begins) <= clock.now():
            self.add_error("day", _("Choose a time that has not passed."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values as the model keeps them."""
        kept = {name: self.cleaned_data[name] for name in ("title", "place", "open_to_all")}
        begins, finishes = self.cleaned_data["begins"], self.cleaned_data["finishes"]
        return {**kept, "starts": self._moment(begins), "ends": self._moment(finishes)}

    def _moment(self, time: Any) -> datetime:
        return datetime.combine(self.cleaned_data["day"], time, clock.COPENHAGEN)


def initial_of_meeting(meeting: CouncilMeeting) -> dict[str, Any]:
    starts, ends = meeting.starts.astimezone(clock.COPENHAGEN), meeting.ends.astimezone(clock.COPENHAGEN)
    return {
        "title": meeting.title,
        "day": starts.date(),
        "begins": starts.time(),
        "finishes": ends.time(),
        "place": meeting.place,
        "open_to_all": meeting.open_to_all,
        "version": meeting.version,
    }


class ItemForm(forms.Form):
    """One item of the agenda."""

    title = _title(_("Title"))
    text = _text(_("What is it about?"), required=False)
    papers = UploadField(
        label=_("Papers"),
        multiple=True,
        required=False,
        help_text=_("Everybody can open them once the meeting has been called."),
    )


class MinutesForm(forms.Form):
    """Minutes, and the wording that the writer has read."""

    text = _text(
        _("Minutes"),
        rows=20,
        longest=LONGEST_MINUTES,
        help_text=_(
            "Begin with who was there. Empty lines make paragraphs; a line that begins with a dash makes a list."
        ),
    )
    latest = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_000)


class CorrectionForm(MinutesForm):
    """A later wording, and what it corrects."""

    correction = _text(_("What is corrected, and why?"), rows=3)


class MinutesAnswerForm(forms.Form):
    """A member's answer to minutes."""

    approves = forms.TypedChoiceField(
        label=_("Do the minutes say what was said and decided?"),
        choices=[("ja", _("Yes, I approve them")), ("nej", _("No, something should be different"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )
    remark = _text(_("What should be different?"), rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("approves") is False and not cleaned.get("remark", "").strip():
            self.add_error("remark", _("Say what should be different."))
        return cleaned


class AdviceForm(forms.Form):
    """What the council advises which department."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), empty_label=_("Choose one"))
    title = _title(_("The advice in one line"))
    text = _text(_("The advice and the reasons for it"), rows=10, longest=10_000)
    meeting = forms.ModelChoiceField(
        CouncilMeeting.objects.none(), label=_("Decided at"), required=False, empty_label=_("No meeting")
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(), label=_("UN goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = _version()

    def __init__(
        self, *args: Any, departments: QuerySet[Department], meetings: QuerySet[CouncilMeeting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offers: Mapping[str, tuple[QuerySet[Any], Any]] = {
            "department": (departments, lambda department: department.label),
            "meeting": (meetings, _meeting_label),
            "themes": (Theme.objects.all(), lambda theme: theme.label),
            "goals": (Goal.objects.all(), lambda goal: goal.label),
        }
        for name, (rows, label) in offers.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = label  # type: ignore[attr-defined]


def initial_of_advice(advice: Advice) -> dict[str, Any]:
    return {
        "department": advice.department_id,
        "title": advice.title,
        "text": advice.text,
        "meeting": advice.meeting_id,
        "themes": [theme.pk for theme in advice.themes.all()],
        "goals": [goal.pk for goal in advice.goals.all()],
        "version": advice.version,
    }


class GiveForm(forms.Form):
    """Before the end of which day the department shall answer."""

    due = DateField(label=_("Answer no later than"))
    version = _version()


def initial_of_giving(council: Council, advice: Advice) -> dict[str, Any]:
    return {"due": clock.today() + timedelta(days=council.answer_days), "version": advice.version}


class HandOverForm(forms.Form):
    """Which department answers instead."""

    department = forms.ModelChoiceField(label=_("Who shall answer now?"), queryset=Department.objects.none())

    def __init__(self, *args: Any, departments: QuerySet[Department], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the department does with advice."""

    stance = forms.ChoiceField(
        label=_("What do you do with the advice?"), choices=Stance.choices, widget=forms.RadioSelect
    )
    answer = _text(_("Answer"), rows=8, longest=10_000, help_text=_("Everybody can read it. Say why."))


class ProgressForm(forms.Form):
    """What has come of it."""

    course = forms.ChoiceField(label=_("What has come of it?"), choices=AdviceCourse.choices, widget=forms.RadioSelect)
    text = _text(_("In a few words"), rows=3)


class ListingSearchForm(forms.Form):
    """Find a challenge to link."""

    ord = forms.CharField(label=_("Words in the title"), max_length=100, required=False)


def offered(rows: Iterable[Any]) -> list[tuple[int, str]]:
    """Rows with a label as choices of a filter."""
    return [(row.pk, row.label) for row in rows]
