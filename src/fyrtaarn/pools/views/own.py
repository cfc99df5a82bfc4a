"""What one's own department gives: confirmed, and said to be paid, by its contact persons and leads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.form_pages import form_page, sent
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.rules import require

from .. import actions, queries, rules
from ..forms import SaidPaidForm
from ..paths import given_path
from .common import OwnRequest, Trail, done_or_told, part_in_words


def own_trail(*steps: tuple[str, str]) -> Trail:
    own = given_path() if steps else ""
    return [(_("My overview"), "/min/overblik/"), (_("What we give"), own), *steps]


@require_safe
def given(request: OwnRequest) -> HttpResponse:
    """What the departments that she speaks for give to pools, by year."""
    user = request.user
    context = {
        "given": [(one, bool(rules.may_confirm(user, one))) for one in queries.given_of(user)],
        "this_year": clock.today().year,
        "trail": own_trail(),
    }
    return render(request, "pools/given_by_us.html", context)


@require_POST
def confirm(request: OwnRequest, pk: int) -> HttpResponse:
    """What was noted is right."""
    found = get_object_or_404(queries.given_of(request.user), pk=pk)
    version = key_in(request.POST.get("version", "")) or 0
    done_or_told(request, lambda: actions.confirm(request.user, found, version), _("It is confirmed."))
    return redirect(given_path())


def say_paid(request: OwnRequest, pk: int) -> HttpResponse:
    """The department has paid."""
    part = get_object_or_404(queries.own_parts(request.user), pk=pk)
    require(rules.may_say_paid(request.user, part))
    form = SaidPaidForm(*sent(request))
    return form_page(
        request,
        form,
        lambda: actions.say_paid(request.user, part, form.cleaned_data["day"], form.cleaned_data["document"]),
        title=_("Say that it is paid"),
        lead=part_in_words(part),
        submit=_("Say that it is paid"),
        back=given_path(),
        done=_("The fund managers have been told. They note it when the money has come."),
        trail=own_trail(),
    )


@require_POST
def take_word_back(request: OwnRequest, pk: int) -> HttpResponse:
    """It has not been paid after all."""
    part = get_object_or_404(queries.own_parts(request.user), pk=pk)
    done_or_told(request, lambda: actions.take_word_back(request.user, part), _("It is taken back."))
    return redirect(given_path())
