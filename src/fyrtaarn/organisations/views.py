"""Pages about organisations: describe, edit, team, claim, verify."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.areas.administration import trail_to
from fyrtaarn.foundation.conflicts import conflict_page
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.separation import show_letter
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.foundation.viewing import register_place, saw
from fyrtaarn.people.models import User
from fyrtaarn.people.proof import fresh_proof_required

from . import actions, queries, rules
from .forms import ClaimForm, CvrForm, InviteForm, OrganisationForm, VerificationForm
from .models import Claim, Membership, Organisation, TeamInvitation
from .register import Company, NotInRegister, RegisterUnavailable, look_up
from .states import CLAIM_STATES

CLAIMS_PLACE = register_place("organisations.claims", gettext_lazy("what people wrote to get an organisation"))
REGISTER_SESSION_KEY = "register_company"


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The organisations whose team I am in, and my waiting requests."""
    return render(
        request,
        "organisations/mine.html",
        {
            "memberships": queries.my_memberships(request.user.pk),
            "claims": request.user.claims.filter(state="waiting").select_related("organisation"),
            "trail": my_trail(),
        },
    )


def start(request: PersonRequest) -> HttpResponse:
    """First step: the CVR number, looked up in the register; or none."""
    form = CvrForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cvr = form.cleaned_data["cvr"]
        existing = Organisation.objects.filter(cvr=cvr).first() if cvr else None
        if existing:
            messages.info(request, _("This organisation is here already."))
            return redirect("portal:organisation", existing.slug)
        request.session[REGISTER_SESSION_KEY] = from_register(request, cvr).as_data() if cvr else None
        return redirect("organisations:create")
    return render(request, "organisations/start.html", {"form": form, "trail": my_trail(_("Add an organisation"))})


def from_register(request: HttpRequest, cvr: str) -> Company:
    """What the register says; where it says nothing, the number alone and a word about it."""
    try:
        return look_up(cvr)
    except NotInRegister:
        messages.warning(request, _("The register knows no active company with this number. Write the rest yourself."))
    except RegisterUnavailable:
        messages.info(request, _("The register does not answer just now. Write the rest yourself."))
    return Company(cvr=cvr, name="")


def create(request: PersonRequest) -> HttpResponse:
    """Second step: describe the organisation, with what the register knows filled in and likenesses shown."""
    kept = request.session.get(REGISTER_SESSION_KEY)
    company = Company(**kept) if kept else None
    form = OrganisationForm(request.POST or None, company=company)
    trail = my_trail(_("Add an organisation"))
    similar = queries.alike(form.data.get("name") or (company.name if company else ""), company.cvr if company else "")
    if request.method == "POST" and form.is_valid():
        alike_seen = request.POST.get("alike_seen") == "1"
        values = form.values()
        known = company if company and company.register and company.cvr == values["cvr"] else None
        try:
            with transaction.atomic():
                actions.hold_names()  # who presses twice is asked the second time
                found = list(queries.alike(form.cleaned_data["name"]))
                if found and not alike_seen:
                    asked = {"form": form, "similar": found, "ask": True, "trail": trail}
                    return render(request, "organisations/create.html", asked)
                organisation = actions.create_organisation(request.user, values, known)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            request.session.pop(REGISTER_SESSION_KEY, None)
            messages.success(request, _("%(name)s is described. Now you can offer solutions.") % {"name": organisation})
            return redirect("portal:organisation", organisation.slug)
    context = {"form": form, "similar": similar, "ask": False, "trail": trail}
    return render(request, "organisations/create.html", context)


def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Change what the organisation says about itself; who is overtaken sees both versions."""
    organisation = get_object_or_404(Organisation, slug=slug)
    require(rules.may_edit(request.user, organisation))
    form = own_form(organisation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_organisation(request.user, organisation, form.values(), form.cleaned_data["version"] or 0)
        except Conflict as conflict:
            current = cast(Organisation, conflict.current)
            trail = organisation_trail(current, _("Edit"))
            back, theirs = reverse("organisations:edit", args=(slug,)), own_form(current)
            return conflict_page(request, current=current, mine=form, theirs=theirs, back=back, trail=trail)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("portal:organisation", organisation.slug)
    context = {"form": form, "organisation": organisation, "trail": organisation_trail(organisation, _("Edit"))}
    return render(request, "organisations/edit.html", context)


def own_form(organisation: Organisation, data: Any = None) -> OrganisationForm:
    """The form with what the organisation says now, on a copy that the form may fill."""
    own = Organisation.objects.get(pk=organisation.pk)
    return OrganisationForm(data, instance=own, initial={"version": organisation.version})


def organisation_trail(organisation: Organisation, page: str) -> list[tuple[str, str]]:
    """The way by all organisations and the organisation itself to a page about it."""
    itself = reverse("portal:organisation", args=(organisation.slug,))
    return [(_("Organisations"), "/organisationer/"), (organisation.name, itself), (page, "")]


def my_trail(*pages: str) -> list[tuple[str, str]]:
    """The way by my organisations to a page."""
    mine = [(_("My overview"), "/min/overblik/"), (_("My organisations"), reverse("organisations:mine"))]
    return mine + [(page, "") for page in pages]


@require_safe
def team(request: PersonRequest, slug: str) -> HttpResponse:
    """Who belongs to the organisation, and who is invited."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not rules.is_member(request.user, organisation):
        raise Refused(_("Only those who belong to the organisation can see its team."))
    return render_team(request, organisation, InviteForm())


def render_team(request: PersonRequest, organisation: Organisation, form: InviteForm) -> HttpResponse:
    return render(
        request,
        "organisations/team.html",
        {
            "organisation": organisation,
            "team": queries.team_of(organisation),
            "invitations": queries.open_invitations(organisation),
            "may_manage": rules.may_manage_team(request.user, organisation),
            "form": form,
            "trail": organisation_trail(organisation, _("Team")),
        },
    )


@require_POST
def invite(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask somebody to join."""
    organisation = get_object_or_404(Organisation, slug=slug)
    require(rules.may_manage_team(request.user, organisation))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return render_team(request, organisation, form)
    actions.invite(request.user, organisation, form.cleaned_data["email"], form.cleaned_data["kind"])
    messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
    return redirect("organisations:team", slug)


@require_POST
def withdraw_invitation(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Make a waiting letter worthless."""
    organisation = get_object_or_404(Organisation, slug=slug)
    require(rules.may_manage_team(request.user, organisation))
    waiting = get_object_or_404(TeamInvitation.objects.select_related("organisation"), pk=pk, organisation=organisation)
    actions.withdraw_invitation(request.user, waiting)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("organisations:team", slug)


@require_POST
@fresh_proof_required
def end_membership(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Leave the team, or see somebody off."""
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk, organisation__slug=slug)
    actions.end_membership(request.user, membership)
    if membership.user_id == request.user.pk:
        messages.success(request, _("You have left %(name)s.") % {"name": membership.organisation})
        return redirect("organisations:mine")
    messages.success(request, _("%(person)s has left the team.") % {"person": membership.user})
    return redirect("organisations:team", slug)


@require_POST
@fresh_proof_required
def change_membership(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Make a member owner, or the other way round."""
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk, organisation__slug=slug)
    kind = "owner" if request.POST.get("kind") == "owner" else "member"
    actions.change_membership(request.user, membership, kind)
    messages.success(request, _("Saved."))
    return redirect("organisations:team", slug)


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter is about; signed in, she says yes by POST."""
    show_letter(token)
    letter = get_object_or_404(TeamInvitation.objects.select_related("organisation", "invited_by"), token=token)
    if request.method == "POST" and isinstance(request.user, User):
        actions.accept_invitation(request.user, token)
        messages.success(request, _("Welcome to %(name)s.") % {"name": letter.organisation})
        return redirect("portal:organisation", letter.organisation.slug)
    verdict = rules.may_accept(request.user, letter)
    return render(
        request,
        "organisations/invitation.html",
        {
            "letter": letter,
            "verdict": verdict,
            "sign_in": f"{reverse('account_login')}?next={request.path}",
            "sign_up": f"{reverse('account_signup')}?next={request.path}",
        },
    )


def claim(request: PersonRequest, slug: str) -> HttpResponse:
    """Say that an organisation without a team is mine."""
    organisation = get_object_or_404(Organisation.objects.select_related("home"), slug=slug)
    require(rules.may_claim(request.user, organisation))
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.claim(request.user, organisation, form.cleaned_data["ground"])
        messages.success(
            request,
            _("%(municipality)s has your request. You get an answer here and by mail.")
            % {"municipality": organisation.home.label},
        )
        return redirect("organisations:mine")
    context = {"form": form, "organisation": organisation, "trail": organisation_trail(organisation, _("It is mine"))}
    return render(request, "organisations/claim.html", context)


@require_POST
def withdraw_claim(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back my request."""
    CLAIM_STATES.perform("withdraw", get_object_or_404(Claim, pk=pk, user=request.user), by=request.user)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("organisations:mine")


@in_municipality
@require_safe
def claims(request: MunicipalRequest) -> HttpResponse:
    """The municipality's waiting claims."""
    require(rules.may_see_claims(request.user, request.municipality))
    waiting = queries.waiting_claims(request.municipality)
    saw(request, CLAIMS_PLACE, [claim.user_id for claim in waiting], request.municipality)
    trail = trail_to(request.municipality, (_("Organisations without a team"), ""))
    return render(request, "organisations/claims.html", {"claims": waiting, "trail": trail})


@require_POST
@in_municipality
def decide_claim(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Approve or refuse a claim, with a reason."""
    require(rules.may_see_claims(request.user, request.municipality))
    waiting = get_object_or_404(
        Claim.objects.select_related("organisation"), pk=pk, organisation__home=request.municipality
    )
    step = "approve" if request.POST.get("decision") == "approve" else "refuse"
    reason = request.POST.get("reason", "").replace("\0", "")[:2000]
    CLAIM_STATES.perform(step, waiting, by=request.user, reason=reason)
    messages.success(request, _("The answer is sent."))
    return redirect("organisations:claims", request.municipality.slug)


@in_municipality
def verify(request: MunicipalRequest, slug: str) -> HttpResponse:
    """Note how an organisation meets the five criteria."""
    require(rules.may_verify(request.user, request.municipality))
    organisation = get_object_or_404(Organisation, slug=slug, closed=None)
    form = VerificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        actions.verify(request.user, request.municipality, organisation, form.values())
        messages.success(request, _("The verification is noted."))
        return redirect("portal:organisation", organisation.slug)
    earlier = organisation.verifications.select_related("municipality", "verified_by")
    trail = organisation_trail(organisation, _("Verify"))
    context = {"form": form, "organisation": organisation, "earlier": earlier, "trail": trail}
    return render(request, "organisations/verify.html", context)
