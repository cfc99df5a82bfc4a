"""Who assesses and who decides."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fyrtaarn.areas.addresses import in_municipality
from fyrtaarn.foundation.form_pages import form_page, sent

from .. import actions, queries, rules
from ..forms import DutyForm, EndForm
from .common import PersonRequest, back_to, managed_pool, read_pool, tabs, trail_within

PAGE = "duties"


@in_municipality
@require_safe
def duties(request: PersonRequest, slug: str) -> HttpResponse:
    """All who have or had a duty, with their days."""
    pool = read_pool(request, slug)
    context = {
        "pool": pool,
        "tabs": tabs(pool, PAGE),
        "manages": bool(rules.may_manage(request.user, pool)),
        "duties": list(pool.duties.select_related("user").order_by("duty", "user__name", "pk")),
        "trail": trail_within(request, pool, (_("Who does what"), "")),
    }
    return render(request, "pools/duties.html", context)


@in_municipality
def give(request: PersonRequest, slug: str) -> HttpResponse:
    """Let somebody assess or decide."""
    pool = managed_pool(request, slug)
    form = DutyForm(*sent(request), people=queries.employees_of(request.municipality))
    return form_page(
        request,
        form,
        lambda: actions.give_duty(
            request.user, pool, *(form.cleaned_data[name] for name in ("person", "duty", "starts"))
        ),
        title=_("Give somebody a duty"),
        done=_("It is noted."),
        **back_to(request, pool, PAGE, _("Who does what")),
    )


@in_municipality
def end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let a duty end."""
    pool = managed_pool(request, slug)
    duty = get_object_or_404(pool.duties.select_related("user"), pk=pk)
    form = EndForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.end_duty(request.user, duty, form.ends),
        title=_("End the duty"),
        lead=f"{duty.user}: {duty.get_duty_display()}",
        done=_("It is noted."),
        **back_to(request, pool, PAGE, _("Who does what")),
    )
