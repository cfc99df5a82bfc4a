"""Who feeds the pool: contributions decided, paid, corrected, dropped."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import (
    ContributorForm,
    CorrectForm,
    DecideForm,
    DueForm,
    LeaveForm,
    PaidForm,
    ReasonForm,
    promise_initial,
)
from ..models import Contribution, ContributionPart, Contributor
from .common import PersonRequest, back_to, managed_pool, part_in_words, read_pool, tabs, trail_within

PAGE = "contributions"


@in_municipality
@require_safe
def contributions(request: PersonRequest, slug: str) -> HttpResponse:
    """All who feed the pool, with what they have decided and paid."""
    pool = read_pool(request, slug)
    context = {
        "pool": pool,
        "tabs": tabs(pool, PAGE),
        "manages": bool(rules.may_manage(request.user, pool)),
        "contributors": queries.contributors_told(pool),
        "this_year": clock.today().year,
        "trail": trail_within(request, pool, (_("Contributions"), "")),
    }
    return render(request, "pools/contributions.html", context)


@in_municipality
def add(request: PersonRequest, slug: str) -> HttpResponse:
    """Let somebody feed the pool."""
    pool = managed_pool(request, slug)
    form = ContributorForm(*sent(request), pool=pool)
    return form_page(
        request,
        form,
        lambda: actions.add_contributor(request.user, pool, form.cleaned_data["who"], form.cleaned_data["joined"]),
        title=_("New contributor"),
        done=_("It is with the pool. Note what it gives."),
        **back_to(request, pool, PAGE, _("Contributions")),
    )


@in_municipality
def decide(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Note what a contributor gives for a year."""
    pool = managed_pool(request, slug)
    giver = get_object_or_404(Contributor.objects.select_related("department", "local_body"), pk=pk, pool=pool)
    form = DecideForm(*sent(request), initial={"year": clock.today().year})
    return form_page(
        request,
        form,
        lambda: actions.decide(request.user, giver, form.cleaned_data["year"], form.promise, form.due),
        title=_("What %(giver)s gives") % {"giver": giver},
        lead=_("It is divided in equal parts by quarter, to the øre."),
        done=_("It is noted, and the department's contact person has been told."),
        **back_to(request, pool, PAGE, _("Contributions")),
    )


@in_municipality
def correct(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Reverse what was noted by mistake, and note it anew."""
    pool = managed_pool(request, slug)
    found = get_object_or_404(Contribution.objects.select_related("contributor__pool"), pk=pk, contributor__pool=pool)
    require(rules.may_correct(request.user, found))
    form = CorrectForm(*sent(request), initial=promise_initial(found))
    return form_page(
        request,
        form,
        lambda: actions.correct(request.user, found, form.promise, form.cleaned_data["reason"]),
        title=_("Correct what %(giver)s gives for %(year)s") % {"giver": found.contributor, "year": found.year},
        lead=_("The first entry is reversed in the books, and a new one is posted."),
        done=_("It is corrected."),
        **back_to(request, pool, PAGE, _("Contributions")),
    )


@in_municipality
def leave(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A contributor leaves."""
    pool = managed_pool(request, slug)
    giver = get_object_or_404(Contributor.objects.select_related("department", "local_body"), pk=pk, pool=pool)
    form = LeaveForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.leave(request.user, giver, form.cleaned_data["left"], form.cleaned_data["reason"]),
        title=_("%(giver)s leaves the pool") % {"giver": giver},
        done=_("It is noted. What was paid stays in the pool."),
        **back_to(request, pool, PAGE, _("Contributions")),
    )


@in_municipality
def pay(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A quarter has come in."""
    part = _part(request, slug, pk)
    said = part.said_paid
    form = PaidForm(*sent(request), initial={"day": said.day, "document": said.reference} if said else None)
    return form_page(
        request,
        form,
        lambda: actions.note_paid(request.user, part, form.cleaned_data["document"], form.cleaned_data["day"]),
        title=_("Note as paid"),
        lead=part_in_words(part),
        done=_("It is noted as paid, and is free to grant."),
        **back_to(request, part.contribution.contributor.pool, PAGE, _("Contributions")),
    )


@in_municipality
def take_back(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It was noted as paid by mistake."""
    part = _part(request, slug, pk)
    form = ReasonForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.take_back_payment(request.user, part, form.cleaned_data["reason"]),
        title=_("Not paid after all"),
        lead=part_in_words(part),
        done=_("The entry is reversed."),
        **back_to(request, part.contribution.contributor.pool, PAGE, _("Contributions")),
    )


@in_municipality
def move(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Another day to pay."""
    part = _part(request, slug, pk)
    form = DueForm(*sent(request), initial={"due": part.due})
    return form_page(
        request,
        form,
        lambda: actions.move_due(request.user, part, form.cleaned_data["due"]),
        title=_("Another day to pay"),
        lead=part_in_words(part),
        done=_("The day is moved."),
        **back_to(request, part.contribution.contributor.pool, PAGE, _("Contributions")),
    )


def _part(request: PersonRequest, slug: str, pk: int) -> ContributionPart:
    return get_object_or_404(queries.parts_of_pool(managed_pool(request, slug)), pk=pk)
