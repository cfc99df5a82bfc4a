"""Pages of the agreements."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.models import Department, Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import attempt
from fyrtaarn.foundation.journal import in_order, journal_response
from fyrtaarn.foundation.keys import key_or_404
from fyrtaarn.foundation.lists import Column, Filter, ListPage, Sort, choice_filter
from fyrtaarn.foundation.rules import Refused, Verdict, require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.listings.models import Audience
from fyrtaarn.meetings import rules as meeting_rules
from fyrtaarn.meetings.journal import entries_of as said_in
from fyrtaarn.meetings.kinds import wish_of
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.people.models import User

from . import actions, onwards, queries, rules
from .forms import (
    BeginForm,
    BeginFromForm,
    ChangeForm,
    ContactForm,
    ExperienceForm,
    HoldForm,
    PartySearchForm,
    RefusalForm,
    ReviewForm,
    StatusForm,
    TermsForm,
    initial_of,
)
from .journal import entries_of, title_of
from .models import LIVE_STATES, PUBLIC_STATES, Agreement, AgreementState, Course, Review, Terms, Wording, WordingState
from .notices import path_of
from .recipients import possible_contacts

STATUS = {
    AgreementState.DRAFT: "neutral",
    AgreementState.PROPOSED: "warn",
    AgreementState.ACTIVE: "info",
    AgreementState.COMPLETED: "good",
    AgreementState.ENDED: "neutral",
    AgreementState.DROPPED: "neutral",
}
COURSE = {Course.ON_TRACK: "good", Course.ATTENTION: "warn", Course.OFF_TRACK: "bad"}
CLOSING = {"complete": actions.complete, "end": actions.end}
SORTS = (
    Sort("nyeste", gettext_lazy("Newest first"), ("-created",)),
    Sort("titel", gettext_lazy("Title"), ("title",)),
)


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


def period(terms: Terms) -> str:
    """The period in words, with its last day."""
    if terms.starts is None:
        return ""
    first = date_format(terms.starts)
    if terms.last_day is None:
        return _("From %(first)s") % {"first": first}
    return f"{first} – {date_format(terms.last_day)}"


def _columns() -> tuple[Column[Agreement], ...]:
    return (
        Column(_("Title"), "title", link=path_of),
        Column(_("Parties"), lambda a: ", ".join(str(party) for party in rules.parties_of(a))),
        Column(_("Period"), period),
        Column(_("State"), lambda a: str(a.get_state_display())),
    )


@login_not_required
@require_safe
def public_agreements(request: HttpRequest) -> HttpResponseBase:
    """The public agreements of all municipalities."""
    places = queries.municipalities_with_public_agreements()
    where = choice_filter("kommune", gettext_lazy("Municipality"), "municipality", [(m.pk, m.label) for m in places])
    return _public_list(request, None, (where,))


@login_not_required
@in_municipality
@require_safe
def municipal_agreements(request: MunicipalRequest) -> HttpResponseBase:
    """The public agreements of one municipality."""
    departments = queries.departments_with_public_agreements(request.municipality)
    choices = [(department.pk, department.label) for department in departments]
    who = choice_filter("forvaltning", gettext_lazy("Department"), "parties__department", choices)
    return _public_list(request, request.municipality, (who,))


def _public_list(request: HttpRequest, where: Municipality | None, filters: Sequence[Filter]) -> HttpResponseBase:
    organisations = [(o.pk, o.name) for o in queries.organisations_with_public_agreements(where)]
    states = [(state.value, state.label) for state in PUBLIC_STATES]
    page = ListPage(
        request,
        queries.public_agreements(where),
        name=_("Collaborations"),
        columns=_columns(),
        sorts=SORTS,
        filters=(
            choice_filter("tilstand", gettext_lazy("State"), "state", states),
            *filters,
            choice_filter("organisation", gettext_lazy("Organisation"), "parties__organisation", organisations),
        ),
        search=("title", "goal"),
    )
    trail = [(_("Front page"), "/")]
    if where:
        trail.append((where.label, f"/{where.slug}/"))
    return page.respond("agreements/agreements.html", {"trail": [*trail, (_("Collaborations"), request.path)]})


@require_safe
def my_agreements(request: PersonRequest) -> HttpResponseBase:
    """The agreements in which I speak for a party."""
    page = ListPage(
        request,
        queries.agreements_of(request.user),
        name=_("My collaborations"),
        columns=_columns(),
        sorts=SORTS,
        filters=(choice_filter("tilstand", gettext_lazy("State"), "state", AgreementState.choices),),
        search=("title", "goal"),
    )
    waiting = queries.waiting_for_yes(request.user)
    return page.respond("agreements/mine.html", {"waiting": list(waiting), "trail": _trail()})


def begin(request: PersonRequest) -> HttpResponse:
    """A new draft, from a dialogue (`dialog`) or from nothing."""
    if "dialog" in request.GET:
        return _begin_from(request, key_or_404(request.GET["dialog"]))
    departments, organisations = queries.own_departments(request.user), queries.own_organisations(request.user)
    form = BeginForm(_sent(request), initial={"version": 0}, departments=departments, organisations=organisations)
    if not form.parties:
        return render(request, "agreements/nobody.html", {"trail": _trail()})
    if form.is_valid() and (
        draft := attempt(
            form,
            lambda: actions.begin(request.user, form.party, form.cleaned_data["draft_key"], form.terms, form.kind),
        )
    ):
        return redirect("agreements:parties", draft.pk)
    return render(request, "agreements/begin.html", {"form": form, "trail": _trail((_("New"), request.path))})


def _begin_from(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = queries.meeting_to_agree_on(pk)
    require(meeting_rules.may_see(request.user, meeting))
    if request.method != "POST":
        live = meeting.agreements.filter(state__in=LIVE_STATES).first()
        if live is not None and rules.may_see_inside(request.user, live):
            return redirect(path_of(live))
        require(rules.may_begin_from(request.user, meeting))
    initial = {"version": 0, "title": meeting.sought.title, "goal": wish_of(meeting.sought), "public": True}
    form = BeginFromForm(_sent(request), initial=initial)
    if form.is_valid() and (
        draft := attempt(form, lambda: actions.begin_from(request.user, meeting, form.terms, form.kind))
    ):
        return redirect(path_of(draft))
    context = {"form": form, "meeting": meeting, "trail": _trail((_("New"), request.path))}
    return render(request, "agreements/begin.html", context)


@login_not_required
@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The public part for everybody, all of it for the parties."""
    try:
        found = queries.agreement_with_parties(pk)
        require(rules.may_see(request.user, found))
    except Refused:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise
    user = request.user
    party = rules.party_of(user, found)
    inside = _inside(user, found) if party and isinstance(user, User) else {}
    context = {
        "agreement": found,
        "parties": rules.parties_of(found),
        "period": period(found),
        "status": STATUS[AgreementState(found.state)],
        "party": party,
        "began_with": [
            listing for listing in (found.sought, found.offered) if listing and listing.audience == Audience.PUBLIC
        ],
        "trail": _trail((found.title, path_of(found))) if party else _public_trail(found),
    }
    return render(request, "agreements/agreement.html", context | inside)


def _inside(user: User, found: Agreement) -> dict[str, Any]:
    all_wordings = queries.wordings_of(found)
    waiting = next((wording for wording in all_wordings if wording.state == WordingState.PROPOSED), None)
    if waiting:
        waiting.agreement = found
    updates = list(found.updates.select_related("by")[:10])
    return {
        "waiting": waiting,
        "waiting_period": period(waiting) if waiting else "",
        "answered_by": [a.party_id for a in waiting.acceptances.all()] if waiting else [],
        "may_accept": rules.may_accept(user, waiting) if waiting else None,
        "may_decline": bool(waiting and rules.may_decline(user, waiting)),
        "may_take_back": bool(waiting and rules.may_take_back(user, waiting)),
        "refusal": _latest_refusal(found, all_wordings),
        "missing": rules.missing_in(found) if found.state == AgreementState.DRAFT else [],
        "may_change": not waiting and bool(rules.may_close(user, found)),
        "may_close": bool(rules.may_close(user, found)),
        "onwards": onwards.of(user, found),
        "has_changes": len(all_wordings) > 1,
        "updates": [(update, COURSE[Course(update.course)]) for update in updates],
        "reviews": _reviews(found),
        "today": clock.today(),
        "may_plan": found.state in LIVE_STATES,
        "review_form": ReviewForm(),
    }


def _reviews(found: Agreement) -> list[tuple[Review, str]]:
    rows = found.reviews.select_related("held_by")
    return [(review, COURSE[Course(review.outcome)] if review.held else "") for review in rows]


def _latest_refusal(found: Agreement, all_wordings: list[Wording]) -> Wording | None:
    """The no that gave a draft back, to be read before it is put to the parties again."""
    latest = all_wordings[0] if all_wordings else None
    declined = latest is not None and latest.state == WordingState.DECLINED
    return latest if declined and found.state in (AgreementState.DRAFT, AgreementState.ACTIVE) else None


def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a draft; who is overtaken sees both texts."""
    found = _inside_agreement(request, pk)
    if request.method != "POST":
        require(rules.may_edit(request.user, found))
    form = TermsForm(_sent(request), initial={**initial_of(found), "version": found.version})
    differences: list[tuple[str, Any, Any]] = []
    if form.is_valid():
        try:
            done = attempt(
                form,
                lambda: actions.change_draft(request.user, found, form.terms, form.cleaned_data["version"]),
            )
        except Conflict as conflict:
            differences = form.overtaken_by(conflict.current)
        else:
            if done:
                messages.success(request, _("Saved."))
                return redirect(path_of(found))
    context = {
        "form": form,
        "agreement": found,
        "differences": differences,
        "trail": _step_trail(found, _("Edit the draft")),
    }
    return render(request, "agreements/edit.html", context)


def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose other terms for an active agreement."""
    found = _inside_agreement(request, pk)
    if request.method != "POST":
        require(rules.may_propose_change(request.user, found))
    form = ChangeForm(_sent(request), initial={**initial_of(found), "version": found.version})
    differences: list[tuple[str, Any, Any]] = []
    if form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        try:
            done = attempt(form, lambda: actions.propose_change(request.user, found, form.terms, reason, version))
        except Conflict as conflict:
            differences = form.overtaken_by(conflict.current)
        else:
            if done:
                messages.success(request, _("The change is put to the parties. What you have now holds until then."))
                return redirect(path_of(found))
    trail = _step_trail(found, _("Propose a change"))
    context = {"form": form, "agreement": found, "differences": differences, "trail": trail}
    return render(request, "agreements/change.html", context)


@require_safe
def printed(request: PersonRequest, pk: int) -> HttpResponse:
    """All of it on paper, for the parties."""
    found = _inside_agreement(request, pk)
    in_force = [w for w in queries.wordings_of(found) if w.state == WordingState.IN_FORCE]
    context = {
        "agreement": found,
        "parties": rules.parties_of(found),
        "period": period(found),
        "yeses": list(in_force[0].acceptances.all()) if in_force else [],
        "reviews": list(found.reviews.all()),
        "trail": _step_trail(found, _("Print")),
    }
    return render(request, "agreements/print.html", context)


@require_safe
def journal(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The agreement and what was said before it, in order and with files, for the parties to keep with their records."""
    found = _inside_agreement(request, pk)
    said = said_in([found.meeting] if found.meeting else [])
    return journal_response(title_of(found), in_order([*entries_of([found]), *said]))


@require_safe
def wordings(request: PersonRequest, pk: int) -> HttpResponse:
    """All wordings: what was promised when, and who said yes or no."""
    found = _inside_agreement(request, pk)
    rows = [(wording, period(wording)) for wording in queries.wordings_of(found)]
    context = {"agreement": found, "wordings": rows, "trail": _step_trail(found, _("Earlier texts"))}
    return render(request, "agreements/wordings.html", context)


@require_safe
def parties(request: PersonRequest, pk: int) -> HttpResponse:
    """Who the agreement is between; find and add others while it is a draft."""
    found = _inside_agreement(request, pk)
    require(rules.may_edit(request.user, found))
    form = PartySearchForm(request.GET or None)
    words = form.cleaned_data["navn"].strip() if form.is_valid() else ""
    departments, organisations = queries.possible_parties(found, words) if len(words) > 1 else ([], [])
    mine = rules.party_of(request.user, found)
    context = {
        "agreement": found,
        "rows": [(party, bool(mine and rules.can_be_removed(found, party, mine))) for party in rules.parties_of(found)],
        "form": form,
        "words": words,
        "departments": departments,
        "organisations": organisations,
        "trail": _step_trail(found, _("Parties")),
    }
    return render(request, "agreements/parties.html", context)


@require_POST
def add_party(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a department or an organisation that was found."""
    found = _inside_agreement(request, pk)
    if key := request.POST.get("department"):
        party: Department | Organisation = get_object_or_404(Department.objects.current(), pk=key_or_404(key))
    else:
        party = get_object_or_404(Organisation, pk=key_or_404(request.POST.get("organisation", "")), closed=None)
    actions.add_party(request.user, found, party)
    messages.success(request, _("%(name)s is now a party.") % {"name": party})
    return redirect("agreements:parties", pk)


@require_POST
def remove_party(request: PersonRequest, pk: int, party: int) -> HttpResponse:
    """Take a party out of a draft."""
    found = _inside_agreement(request, pk)
    actions.remove_party(request.user, get_object_or_404(rules.whole_parties(), pk=party, agreement=found))
    return redirect("agreements:parties", pk)


def contact(request: PersonRequest, pk: int, party: int) -> HttpResponse:
    """Choose the contact of one's own party."""
    found = _inside_agreement(request, pk)
    of = get_object_or_404(rules.whole_parties(), pk=party, agreement=found)
    require(rules.may_set_contact(request.user, of))
    form = ContactForm(_sent(request), initial={"contact": of.contact_id}, people=possible_contacts(of))
    if form.is_valid():
        actions.set_contact(request.user, of, form.cleaned_data["contact"])
        return redirect(path_of(found))
    context = {"form": form, "agreement": found, "of": of, "trail": _step_trail(found, _("Contact"))}
    return render(request, "agreements/contact.html", context)


@require_POST
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the draft to the parties as the page showed it."""
    found = _inside_agreement(request, pk)
    try:
        actions.propose(request.user, found, key_or_404(request.POST.get("version", "")))
    except Conflict:
        messages.warning(request, _("Somebody has changed the draft since you opened it. Read it again first."))
    else:
        messages.success(request, _("The others are told. It comes into force when all have said yes."))
    return redirect(path_of(found))


@require_POST
def accept(request: PersonRequest, pk: int, wording: int) -> HttpResponse:
    """Say yes."""
    found, answered = _wording(request, pk, wording)
    done = actions.accept(request.user, answered)
    if done.state == AgreementState.ACTIVE:
        messages.success(request, _("All have said yes. It is now in force."))
    else:
        messages.success(request, _("You have said yes. It now waits for the others."))
    return redirect(path_of(found))


def decline(request: PersonRequest, pk: int, wording: int) -> HttpResponse:
    """Say no, and why."""
    found, answered = _wording(request, pk, wording)
    if request.method != "POST":
        require(rules.may_decline(request.user, answered))
    form = RefusalForm(_sent(request))
    if form.is_valid() and attempt(form, lambda: actions.decline(request.user, answered, form.cleaned_data["reason"])):
        messages.success(request, _("Your answer is sent."))
        return redirect(path_of(found))
    context = {"form": form, "agreement": found, "trail": _step_trail(found, _("Say no"))}
    return render(request, "agreements/decline.html", context)


@require_POST
def take_back(request: PersonRequest, pk: int, wording: int) -> HttpResponse:
    """Take one's own proposal back."""
    found, answered = _wording(request, pk, wording)
    actions.take_back(request.user, answered)
    return redirect(path_of(found))


@require_POST
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Lay a draft aside."""
    return _step(request, pk, actions.drop, _("The draft is laid aside. You can take it up again."))


@require_POST
def resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a dropped draft up again."""
    return _step(request, pk, actions.resume, _("You can go on with the draft."))


@require_POST
def hide(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop showing the agreement to everybody."""
    return _step(request, pk, actions.hide, _("Only the parties can see the agreement now."))


def _step(request: PersonRequest, pk: int, step: Callable[[User, Agreement], Agreement], done: str) -> HttpResponse:
    found = _inside_agreement(request, pk)
    step(request.user, found)
    messages.success(request, done)
    return redirect(path_of(found))


def status(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell how it goes."""
    return _small_form(
        request,
        pk,
        StatusForm(_sent(request)),
        lambda found, form: actions.tell_status(request.user, found, **form.cleaned_data),
        rules.may_act,
        _("Tell how it goes"),
        _("The other parties are told."),
    )


def plan_review(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose a day to look at how it goes."""
    return _small_form(
        request,
        pk,
        ReviewForm(_sent(request)),
        lambda found, form: actions.plan_review(request.user, found, **form.cleaned_data),
        rules.may_plan_reviews,
        _("Plan a review"),
        _("The review is planned. All parties are reminded 14 days before."),
    )


def hold_review(request: PersonRequest, pk: int, review: int) -> HttpResponse:
    """Note what the parties found."""
    return _small_form(
        request,
        pk,
        HoldForm(_sent(request)),
        lambda found, form: actions.hold_review(
            request.user, get_object_or_404(Review, pk=review, agreement=found), **form.cleaned_data
        ),
        rules.may_act,
        _("Hold the review"),
        _("The review is noted, and the other parties are told."),
    )


def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Complete the agreement or end it early, with what was learned."""
    return _small_form(
        request,
        pk,
        ExperienceForm(_sent(request)),
        lambda found, form: CLOSING[form.cleaned_data["how"]](request.user, found, form.cleaned_data),
        rules.may_close,
        _("Complete or end"),
        _("Thank you. What you learned helps the next ones."),
    )


def _small_form(
    request: PersonRequest,
    pk: int,
    form: Form,
    action: Callable[[Agreement, Form], Any],
    rule: Callable[[User, Agreement], Verdict],
    title: str,
    done: str,
) -> HttpResponse:
    """A page with one form that does one thing to the agreement and leads back to it."""
    found = _inside_agreement(request, pk)
    if request.method != "POST":
        require(rule(request.user, found))
    if form.is_valid() and attempt(form, lambda: action(found, form)):
        messages.success(request, done)
        return redirect(path_of(found))
    context = {"form": form, "agreement": found, "title": title, "trail": _step_trail(found, title)}
    return render(request, "agreements/small_form.html", context)


@require_POST
def cancel_review(request: PersonRequest, pk: int, review: int) -> HttpResponse:
    """Take a planned review off."""
    found = _inside_agreement(request, pk)
    actions.cancel_review(request.user, get_object_or_404(Review, pk=review, agreement=found))
    return redirect(path_of(found))


def _inside_agreement(request: PersonRequest, pk: int) -> Agreement:
    found = queries.agreement_with_parties(pk)
    require(rules.may_see_inside(request.user, found))
    return found


def _wording(request: PersonRequest, pk: int, wording: int) -> tuple[Agreement, Wording]:
    found = _inside_agreement(request, pk)
    answered = get_object_or_404(found.wordings.prefetch_related("acceptances"), pk=wording)
    answered.agreement = found
    return found, answered


def _sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; nothing when the page is opened."""
    return request.POST if request.method == "POST" else None


def _trail(*places: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("My overview"), "/min/overblik/"), (_("My collaborations"), reverse("agreements:mine")), *places]


def _step_trail(found: Agreement, step: str) -> list[tuple[str, str]]:
    return _trail((found.title, path_of(found)), (step, ""))


def _public_trail(found: Agreement) -> list[tuple[str, str]]:
    return [
        (_("Front page"), "/"),
        (_("Collaborations"), reverse("agreements:agreements")),
        (found.title, path_of(found)),
    ]
