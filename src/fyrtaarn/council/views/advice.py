"""Advice: the list, one piece with its answer, and what secretary and department do with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.lists import Column, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Listing

from .. import actions, queries, rules
from ..forms import (
    AdviceForm,
    AnswerForm,
    GiveForm,
    HandOverForm,
    ListingSearchForm,
    ProgressForm,
    initial_of_advice,
    initial_of_giving,
    offered,
)
from ..models import Advice, AdviceCourse, AdviceState, Stance
from ..notices import path_of_advice
from .common import CouncilRequest, PersonRequest, Trail, of_council, of_secretary, open_to_all, trail_to


@dataclass(frozen=True)
class AdviceCard:
    """One piece of advice as lists show it: how it stands in words, and how urgent that is."""

    advice: Advice
    path: str
    standing: str
    status: str


def card_of(advice: Advice) -> AdviceCard:
    standing, status = standing_of(advice)
    return AdviceCard(advice, path_of_advice(advice), standing, status)


def standing_of(advice: Advice) -> tuple[str, str]:
    """How an answer stands, in words and as the kind of a status."""
    late = advice.days_late
    if advice.state == AdviceState.DRAFT:
        return _("Draft"), "neutral"
    if advice.state == AdviceState.GIVEN:
        if late:
            words = ngettext("The answer is %(days)d day late", "The answer is %(days)d days late", late)
            return words % {"days": late}, "bad"
        return _("Waiting for an answer"), "info"
    if late:
        words = ngettext("Answered %(days)d day late", "Answered %(days)d days late", late)
        return words % {"days": late}, "warn"
    return _("Answered in time"), "good"


@require_safe
@open_to_all
def all_advice(request: CouncilRequest) -> HttpResponseBase:
    """All advice, with how each answer stands."""
    inside = rules.is_inside(request.user, request.council)
    departments = offered(queries.advised_departments(request.council))
    states = [choice for choice in AdviceState.choices if inside or choice[0] != AdviceState.DRAFT]
    page = ListPage(
        request,
        queries.advice_of(request.council, inside=inside),
        name=_("Advice"),
        columns=(
            Column(_("Advice"), "title", link=path_of_advice),
            Column(_("To"), lambda advice: advice.department.label),
            Column(_("Given"), "given"),
            Column(_("Answer before the end of"), "due"),
            Column(_("How it stands"), lambda advice: standing_of(advice)[0]),
            Column(_("What has come of it"), _course_in_words),
        ),
        sorts=(
            Sort("nyeste", _("Newest first"), ("-given",)),
            Sort("frist", _("Deadline"), ("due",)),
            Sort("titel", _("Title"), ("title",)),
        ),
        filters=(
            choice_filter("tilstand", _("State"), "state", states),
            choice_filter("forvaltning", _("Department"), "department", departments),
            choice_filter("svar", _("Answer"), "stance", Stance.choices),
        ),
        search=("title", "text"),
    )
    context = {"runs": bool(rules.may_run(request.user, request.council)), "council": request.council}
    return page.respond("council/all_advice.html", {**context, "trail": trail_to(request, (_("Advice"), ""))})


def _course_in_words(advice: Advice) -> str:
    course = advice.course  # type: ignore[attr-defined]
    return str(AdviceCourse(course).label) if course else ""


@require_safe
@open_to_all
def advice(request: CouncilRequest, pk: int) -> HttpResponse:
    """One piece of advice, its answer and what has come of it."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_see_advice(request.user, found))
    may_edit = bool(rules.may_edit_advice(request.user, found))
    standing, status = standing_of(found)
    context = {
        "council": request.council,
        "advice": found,
        "standing": standing,
        "status": status,
        "late": found.days_late if found.state == AdviceState.GIVEN else 0,
        "meeting": found.meeting if found.meeting and rules.may_see_meeting(request.user, found.meeting) else None,
        "listings": queries.linked_listings(found),
        "progress": list(found.progress.all()),
        "runs": bool(rules.may_run(request.user, request.council)),
        "may_edit": may_edit,
        "may_hand_over": bool(rules.may_hand_over(request.user, found)),
        "may_answer": found.state == AdviceState.GIVEN and bool(rules.may_answer_advice(request.user, found)),
        "may_tell": bool(rules.may_tell_progress(request.user, found)),
        "trail": _trail(request, (found.title, "")),
    }
    return render(request, "council/advice.html", context)


@of_secretary
def draft(request: PersonRequest) -> HttpResponse:
    """Begin a piece of advice."""
    form = _form(request, {"version": 0})
    return form_page(
        request,
        form,
        lambda: actions.draft_advice(request.user, request.council, form.cleaned_data),
        title=_("New advice"),
        back=reverse("council:all-advice", args=[request.municipality.slug]),
        onwards=path_of_advice,
        done=_("Only you and the members see it yet. Give it when it is ready."),
        trail=_trail(request),
    )


@of_secretary
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_edit_advice(request.user, found))
    form = _form(request, initial_of_advice(found))
    return form_page(
        request,
        form,
        lambda: actions.change_advice(request.user, found, form.cleaned_data, form.cleaned_data["version"]),
        title=_("Change the advice"),
        back=path_of_advice(found),
        done=_("Saved."),
        trail=_trail(request, (found.title, path_of_advice(found))),
        stored=lambda current: AdviceForm(initial=initial_of_advice(current), **_choices(request)),
    )


@of_secretary
def give(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the advice to its department."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_edit_advice(request.user, found))
    form = GiveForm(*sent(request), initial=initial_of_giving(request.council, found))
    try:
        return form_page(
            request,
            form,
            lambda: actions.give_advice(request.user, found, form.cleaned_data["due"], form.cleaned_data["version"]),
            title=_("Give the advice"),
            lead=_("Everybody can see it from now on, with the deadline and the answer. Its words cannot be changed."),
            submit=_("Give the advice"),
            back=path_of_advice(found),
            done=_("The advice is given, and the department has been told."),
            trail=_trail(request, (found.title, path_of_advice(found))),
        )
    except Conflict:
        messages.warning(request, _("Somebody has changed the advice since you opened it. Read it again first."))
        return redirect(path_of_advice(found))


@of_secretary
def hand_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Let another department answer for one that has ended."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_hand_over(request.user, found))
    successor = {"department": found.department.successor_id}
    form = HandOverForm(*sent(request), initial=successor, departments=queries.departments_to_advise(request.council))
    return form_page(
        request,
        form,
        lambda: actions.hand_over_advice(request.user, found, form.cleaned_data["department"]),
        title=_("Choose who answers now"),
        lead=_("%(department)s has ended. The deadline stays as it is.") % {"department": found.department.label},
        submit=_("Let the department answer"),
        back=path_of_advice(found),
        done=_("The department has been told that it is to answer."),
        trail=_trail(request, (found.title, path_of_advice(found))),
    )


@of_council
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer for the department."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_answer_advice(request.user, found))
    form = AnswerForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.answer_advice(request.user, found, **form.cleaned_data),
        title=_("Answer the advice"),
        lead=found.title,
        submit=_("Send the answer"),
        back=path_of_advice(found),
        done=_("Your answer is sent, and everybody can read it."),
        trail=_trail(request, (found.title, path_of_advice(found))),
    )


@of_council
def progress(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell what has come of it."""
    found = queries.one_advice(request.council, pk)
    require(rules.may_tell_progress(request.user, found))
    form = ProgressForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.tell_progress(request.user, found, **form.cleaned_data),
        title=_("What has come of it?"),
        lead=found.title,
        back=path_of_advice(found),
        done=_("Thank you. Everybody can read it."),
        trail=_trail(request, (found.title, path_of_advice(found))),
    )


@require_safe
@of_secretary
def links(request: PersonRequest, pk: int) -> HttpResponse:
    """Find challenges that the advice is about."""
    found = queries.one_advice(request.council, pk)
    form = ListingSearchForm(request.GET or None)
    words = form.cleaned_data["ord"].strip() if form.is_valid() else ""
    context = {
        "advice": found,
        "form": form,
        "words": words,
        "linked": queries.linked_listings(found),
        "found": queries.listings_to_link(found, words) if words else [],
        "trail": _trail(request, (found.title, path_of_advice(found)), (_("What the advice is about"), "")),
    }
    return render(request, "council/links.html", context)


@require_POST
@of_secretary
def link(request: PersonRequest, pk: int, listing: int) -> HttpResponse:
    """Link a challenge."""
    found = queries.one_advice(request.council, pk)
    here = get_object_or_404(Listing, pk=listing, municipality=request.municipality)
    actions.link_listing(request.user, found, here)
    return redirect("council:links", request.municipality.slug, pk)


@require_POST
@of_secretary
def unlink(request: PersonRequest, pk: int, listing: int) -> HttpResponse:
    """Take a link away."""
    found = queries.one_advice(request.council, pk)
    actions.unlink_listing(request.user, found, get_object_or_404(found.listings, pk=listing))
    return redirect("council:links", request.municipality.slug, pk)


def _form(request: CouncilRequest, initial: dict[str, Any]) -> AdviceForm:
    return AdviceForm(*sent(request), initial=initial, **_choices(request))


def _choices(request: CouncilRequest) -> dict[str, Any]:
    return {
        "departments": queries.departments_to_advise(request.council),
        "meetings": queries.meetings_of(request.council, inside=True).filter(starts__lte=clock.now()),
    }


def _trail(request: CouncilRequest, *more: tuple[str, str]) -> Trail:
    return trail_to(request, (_("Advice"), reverse("council:all-advice", args=[request.municipality.slug])), *more)
