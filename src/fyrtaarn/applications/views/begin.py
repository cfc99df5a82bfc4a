"""An application is begun from a call, or from an earlier application."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.rules import require
from fyrtaarn.pools.models import Call

from .. import actions, rules
from ..forms import BeginForm, CarryForm
from ..models import Application
from .common import PersonRequest, mine_trail, own_application


def first_step(made: Application) -> str:
    return reverse("applications:step", args=[made.pk, "hvad"])


def begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose what to begin with; the rest is filled in."""
    call = get_object_or_404(Call.objects.select_related("pool__municipality", "rules__pool"), pk=pk)
    require(rules.may_begin(request.user, call))
    chosen = {name: request.GET[name] for name in ("organisation", "solution", "challenge") if name in request.GET}
    form = BeginForm(sent(request)[0], user=request.user, call=call, initial=chosen)
    return form_page(
        request,
        form,
        lambda: actions.begin(
            request.user, call, form.cleaned_data["organisation"], form.beginning, get_language() or "da"
        ),
        title=_("Apply: %(call)s") % {"call": call.label},
        lead=_("What we know already is filled in. You can save at any time and go on later."),
        submit=_("Begin"),
        back=reverse("applications:mine"),
        done=_("The application has begun. Everything is saved while you write."),
        onwards=first_step,
        trail=mine_trail(),
    )


def carry_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin an application to another call with all that this one says."""
    earlier = own_application(request, pk)
    require(rules.may_carry_over(request.user, earlier))
    form = CarryForm(sent(request)[0])
    return form_page(
        request,
        form,
        lambda: actions.carry_over(request.user, earlier, form.cleaned_data["call"], key=form.cleaned_data["key"]),
        title=_("Carry it over to another pool"),
        lead=_("All that it says, its budget and its files are taken along to a new draft."),
        submit=_("Carry it over"),
        back=earlier.path,
        done=_("The new application has begun with all that the earlier one says."),
        onwards=first_step,
        trail=mine_trail((str(earlier), earlier.path)),
    )
