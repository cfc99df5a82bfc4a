"""What people write and choose in the entrance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.forms import EditForm, offer
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.forms import DateField, UploadField
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.organisations.rules import memberships_of
from fyrtaarn.people.models import User

from . import queries
from .models import (
    Absence,
    Case,
    CaseTopic,
    ContactProfile,
    Outcome,
    PublicAnswer,
    RatingAnswer,
    SavedAnswer,
)
from .models.cases import LONGEST
from .rules import ABSENCE_ENDS_LATER


def _text(label: Any, *, rows: int = 5, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **options)


class AskForm(forms.Form):
    """A question. A guest says where the answer goes; what is known of one who has signed in is not asked for."""

    text = _text(
        _("What would you like to ask?"),
        rows=7,
        help_text=_("Write as you would say it. Two or three sentences are enough. No CPR numbers, please."),
    )
    uploads = UploadField(label=_("Files"), multiple=True, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Do you ask for an organisation?"),
        required=False,
        empty_label=_("No, for myself"),
        help_text=_("Your team can then read the question and the answer too."),
    )
    name = forms.CharField(label=_("Your name"), max_length=150, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("We send you a link to the answer. You need no account.")
    )

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [membership.organisation_id for membership in memberships_of(user)] if user else []
        if user:
            del self.fields["name"], self.fields["email"]
        if mine:
            offer(self, "organisation", Organisation.objects.filter(pk__in=mine).order_by("sort_key", "pk"))
            if len(mine) == 1:
                self.fields["organisation"].initial = mine[0]
        else:
            del self.fields["organisation"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(_("Write a question in words."))
        return text


class MessageForm(forms.Form):
    """A message with files."""

    text = _text(_("Message"))
    uploads = UploadField(label=_("Files"), multiple=True, required=False)


class ReplyForm(MessageForm):
    """What the municipality writes: an answer, a question back, or a note that the asker does not see."""

    ANSWER, ASK_BACK, NOTE = "answer", "ask_back", "note"
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (ANSWER, _("An answer to the asker")),
            (ASK_BACK, _("A question back to the asker: the days are not counted until she writes")),
            (NOTE, _("An internal note that the asker does not see")),
        ],
        widget=forms.RadioSelect,
        initial=ANSWER,
    )
    field_order = ("kind", "text", "uploads")


class RouteForm(forms.Form):
    """Which topic, department and person; the reason is read by the asker when it is handed over."""

    topic = forms.ModelChoiceField(
        CaseTopic.objects.none(), label=_("Topic"), required=False, empty_label=_("None of these")
    )
    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    holder = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Contact person"),
        required=False,
        empty_label=_("Let the department's own order decide"),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The asker reads it, too."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = case.municipality
        offer(self, "topic", queries.topics_of(here))
        offer(self, "department", queries.departments_of(here))
        contacts = list(queries.contacts_in(here))
        offer(self, "holder", User.objects.filter(pk__in=[one.user_id for one in contacts]).order_by("name", "pk"))
        places = {one.user_id: one.department.label for one in contacts}
        holder: Any = self.fields["holder"]
        holder.label_from_instance = lambda user: f"{user}, {places[user.pk]}"
        for name in ("topic", "department"):
            self.fields[name].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]
        if queries.is_unrouted(case):
            self.fields["reason"].help_text = _("Only if there is something to say. The asker reads it, too.")
        else:
            self.fields["reason"].required = True


class TaskForm(forms.Form):
    """What another department is asked for."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    what = forms.CharField(label=_("What do you need from them?"), max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", queries.departments_of(case.municipality).exclude(pk=case.department_id or 0))
        self.fields["department"].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]


class FinishTaskForm(forms.Form):
    """What came of a department's part."""

    answer = _text(_("What came of it?"), help_text=_("Those who answer the question read it. The asker does not."))


class MergeForm(forms.Form):
    """Which other question it belongs to."""

    other = forms.ModelChoiceField(
        Case.objects.none(), label=_("Which question does it belong to?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "other", queries.mergeable_with(case))


class CloseForm(forms.Form):
    """What came of a question, and a last word."""

    outcome = forms.ChoiceField(label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = _text(_("A last word to the asker"), required=False)


class ReopenForm(forms.Form):
    """Why it is opened again."""

    text = _text(_("What is missing?"), help_text=_("The other side reads it."))


class RatingForm(forms.Form):
    """The one question."""

    answer = forms.ChoiceField(label=_("Were you helped?"), choices=RatingAnswer.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("A few words to the municipality"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class TopicForm(EditForm):
    """A topic that people can ask about."""

    class Meta:
        model = CaseTopic
        fields = ("name", "name_en", "words", "department", "days", "straight")
        help_texts = {
            "words": _("Words that people use when they ask about it. New questions are compared with them."),
            "days": _("The asker sees it as a promise. Danish holidays are not counted."),
            "straight": _("Without a person confirming it first, when the words leave no doubt."),
        }

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", queries.departments_of(municipality))
        self.fields["department"].required = False
        self.fields["department"].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("straight") and not cleaned.get("department"):
            self.add_error("department", _("Choose the department that it goes straight to."))
        taken = CaseTopic.objects.filter(
            municipality=self.instance.municipality_id, name=cleaned.get("name"), ended=None
        ).exclude(pk=self.instance.pk)
        if taken.exists():
            self.add_error("name", _("There is a topic of this name already."))
        return cleaned


class ContactForm(EditForm):
    """What a contact person takes care of."""

    class Meta:
        model = ContactProfile
        fields = ("topics", "help_da", "help_en", "deputy")
        widgets = {"topics": forms.CheckboxSelectMultiple}
        help_texts = {
            "help_da": _("One sentence. It is shown to all, and new questions are compared with it."),
            "deputy": _("Is told when an answer is late, and answers when nobody else stands in."),
        }

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topics", queries.topics_of(municipality))
        offer(self, "deputy", queries.contacts_in(municipality).exclude(pk=self.instance.pk))
        self.fields["topics"].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]


class NewContactForm(forms.Form):
    """Which of the department's people becomes a contact person."""

    person = forms.ChoiceField(
        label=_("Who?"),
        help_text=_("Those who have the role of contact person or community manager, and no topics yet."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = choices  # type: ignore[attr-defined]


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """When a contact person is away, and who answers."""

    starts = DateField(label=_("First day away"))
    ends = DateField(label=_("Back on"))

    class Meta:
        model = Absence
        fields = ("starts", "ends", "stand_in")
        help_texts = {"stand_in": _("Otherwise the deputy answers.")}

    def __init__(self, *args: Any, contact: ContactProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = contact.department.municipality
        offer(self, "stand_in", queries.contacts_in(here).exclude(pk=contact.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and (ends <= starts or ends <= clock.today()):
            self.add_error("ends", ABSENCE_ENDS_LATER)
        return cleaned


class PublicAnswerForm(EditForm):
    """A question that many ask, with its answer, in one or both languages."""

    class Meta:
        model = PublicAnswer
        fields = ("question_da", "answer_da", "question_en", "answer_en", "topic")
        help_texts = {
            "question_da": _("As people ask it, without anything that tells who asked."),
            "answer_da": _("Short, in plain words. Say what one can do next."),
            "question_en": _("Those who read English get the Danish words until you have written these."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "topic", queries.topics_of(self.instance.department.municipality))
        self.fields["topic"].label_from_instance = lambda row: row.label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        question, answer = cleaned.get("question_en"), cleaned.get("answer_en")
        if question and not answer and "answer_en" not in self.errors:
            self.add_error("answer_en", _("Write the answer in English too, or leave both empty."))
        if answer and not question and "question_en" not in self.errors:
            self.add_error("question_en", _("Write the question in English too, or leave both empty."))
        return cleaned


class KnownForm(forms.Form):
    """Which of the public answers a question asks for."""

    answer = forms.ModelChoiceField(
        PublicAnswer.objects.none(),
        label=_("Which of these was asked for?"),
        required=False,
        empty_label=_("None of them"),
        help_text=_("What is asked most stands first for everybody."),
    )

    def __init__(self, data: Any, files: Any, *, case: Case, user: User) -> None:
        super().__init__(data, files, initial={"answer": case.known_id})
        here = case.municipality
        choices = queries.public_answers(here) | queries.written_answers(user, here)
        offer(self, "answer", choices.distinct().order_by("question_da", "pk"))


class AnswerForm(EditForm):
    """A saved answer."""

    class Meta:
        model = SavedAnswer
        fields = ("title", "text")
