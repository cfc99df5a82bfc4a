"""What the municipality decides beforehand: topics, contact persons, absences, saved answers."""

from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation.form_pages import attempt
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.models import User

from .. import actions, queries, rules
from ..forms import AbsenceForm, AnswerForm, ContactForm, NewContactForm, TopicForm
from ..models import Absence, CaseTopic, ContactProfile, SavedAnswer
from ..setup import add_usual_topics, candidates


@require_safe
@in_municipality
def settings(request: MunicipalRequest) -> HttpResponse:
    """Topics, contact persons and who is away; for all who answer questions, and for administrators."""
    here, me = request.municipality, _me(request)
    settles = bool(rules.may_settle(me, here))
    if not settles:
        require(rules.may_see_board(me, here))
    contacts = list(queries.contacts_in(here))
    context = {
        "topics": queries.topics_of(here),
        "contacts": [(one, bool(rules.may_change_contact(me, one))) for one in contacts],
        "absences": [(one, bool(rules.may_change_contact(me, one.contact))) for one in queries.absences_in(here)],
        "answers": queries.answers_of(me, here),
        "public_answers": queries.written_answers(me, here),
        "answering": queries.answering_departments(me, here),
        "settles": settles,
        "trail": _trail(request),
    }
    return render(request, "entrance/settings.html", context)


@in_municipality
def topic(request: MunicipalRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a topic."""
    here = request.municipality
    require(rules.may_settle(_me(request), here))
    found = get_object_or_404(CaseTopic, pk=pk, municipality=here, ended=None) if pk else CaseTopic(municipality=here)
    form = TopicForm(request.POST or None, instance=found, municipality=here)
    if form.is_valid() and _saved(form, lambda version: actions.save_topic(_me(request), found, form.values, version)):
        return redirect(_back(request))
    end = reverse("entrance:topic-end", args=[here.slug, pk]) if pk else ""
    return _form_page(request, form, found.label if pk else _("New topic"), end)


@require_POST
@in_municipality
def end_topic(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Nobody asks about it any more."""
    actions.end_topic(_me(request), get_object_or_404(CaseTopic, pk=pk, municipality=request.municipality))
    return redirect(_back(request))


@require_POST
@in_municipality
def usual_topics(request: MunicipalRequest) -> HttpResponse:
    """Begin with the topics that come with the product."""
    added = add_usual_topics(_me(request), request.municipality)
    messages.success(request, _("%(count)d topics are added. Choose a department for each.") % {"count": added})
    return redirect(_back(request))


@in_municipality
def new_contact(request: MunicipalRequest) -> HttpResponse:
    """Make one of those who hold the role a contact person with topics."""
    here = request.municipality
    require(rules.may_settle(_me(request), here))
    choices = candidates(here)
    form = NewContactForm(request.POST or None, choices=[(key, label) for key, (label, _u, _d) in choices.items()])
    if form.is_valid():
        _label, user, department = choices[form.cleaned_data["person"]]
        added = ContactProfile(user=user, department=department)
        if attempt(form, lambda: actions.save_contact(_me(request), added, {})):
            return redirect("entrance:contact", here.slug, added.pk)
    return _form_page(request, form, _("New contact person"))


@in_municipality
def contact(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What a contact person takes care of."""
    here, me = request.municipality, _me(request)
    found = _contact(request, pk)
    settles = bool(rules.may_settle(me, here))
    form = ContactForm(request.POST or None, instance=found, municipality=here)
    if form.is_valid() and _saved(form, lambda version: actions.save_contact(me, found, form.values, version)):
        return redirect(_back(request))
    end = reverse("entrance:contact-end", args=[here.slug, pk]) if settles else ""
    return _form_page(request, form, str(found), end)


@require_POST
@in_municipality
def end_contact(request: MunicipalRequest, pk: int) -> HttpResponse:
    """She is no contact person any more."""
    actions.end_contact(_me(request), _contact(request, pk))
    return redirect(_back(request))


@in_municipality
def absence(request: MunicipalRequest, pk: int) -> HttpResponse:
    """When a contact person is away."""
    found = _contact(request, pk)
    form = AbsenceForm(request.POST or None, contact=found)
    if form.is_valid() and attempt(form, lambda: actions.note_absence(_me(request), found, **form.cleaned_data)):
        return redirect(_back(request))
    return _form_page(request, form, _("Away: %(who)s") % {"who": found})


@require_POST
@in_municipality
def remove_absence(request: MunicipalRequest, pk: int) -> HttpResponse:
    """She is there after all."""
    rows = Absence.objects.select_related("contact__department", "contact__user")
    found = get_object_or_404(rows, pk=pk, contact__department__municipality=request.municipality)
    actions.remove_absence(_me(request), found)
    return redirect(_back(request))


@in_municipality
def new_answer(request: MunicipalRequest, department: int) -> HttpResponse:
    """Keep an answer for a department."""
    place = get_object_or_404(Department, pk=department, municipality=request.municipality)
    require(rules.may_write_answers(_me(request), place))
    return _answer(request, SavedAnswer(department=place, written_by=_me(request)), new=True)


@in_municipality
def answer(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Change a saved answer."""
    found = get_object_or_404(
        SavedAnswer.objects.select_related("department"), pk=pk, department__municipality=request.municipality
    )
    require(rules.may_write_answers(_me(request), found.department))
    return _answer(request, found, new=False)


def _answer(request: MunicipalRequest, found: SavedAnswer, *, new: bool) -> HttpResponse:
    form = AnswerForm(request.POST or None, instance=found)

    def save(version: int | None) -> Any:
        return actions.save_answer(_me(request), found, form.values, version)

    if form.is_valid() and (attempt(form, lambda: save(None)) if new else _saved(form, save)):
        return redirect(_back(request))
    return _form_page(request, form, _("Saved answer"))


def _saved(form: Any, save: Any) -> Any:
    """Save what was written on the version that the form was opened with; a new subject has none."""
    version = (form.cleaned_data["version"] or 0) if form.instance.pk else None
    try:
        return attempt(form, lambda: save(version))
    except Conflict as overtaken:
        form.overtaken(overtaken.current.version)
        return None


def _contact(request: MunicipalRequest, pk: int) -> ContactProfile:
    rows = ContactProfile.objects.select_related("department__municipality", "user")
    found = get_object_or_404(rows, pk=pk, department__municipality=request.municipality, ended=None)
    require(rules.may_change_contact(_me(request), found))
    return found


def _form_page(request: MunicipalRequest, form: BaseForm, title: str, end: str = "") -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "end": end,
        "back": _back(request),
        "trail": _trail(request, (title, "")),
    }
    return render(request, "entrance/setting.html", context)


def _back(request: MunicipalRequest) -> str:
    return reverse("entrance:settings", args=[request.municipality.slug])


def _me(request: MunicipalRequest) -> User:
    return cast(User, request.user)


def _trail(request: MunicipalRequest, *places: tuple[str, str]) -> list[tuple[str, str]]:
    here = request.municipality
    board = (_("Questions"), reverse("entrance:board", args=[here.slug]))
    own = (_("Who answers what"), _back(request) if places else "")
    return [(here.label, f"/{here.slug}/"), board, own, *places]
