"""What the council's pages share: finding the council, the way to a page, and a page with one form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fyrtaarn.areas.addresses import MunicipalRequest, in_municipality
from fyrtaarn.foundation.conflicts import Difference
from fyrtaarn.foundation.conflicts import differences as differences_between
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import Conflict
from fyrtaarn.people.models import User

from .. import queries, rules
from ..models import Council

View = Callable[..., HttpResponseBase]
Trail = list[tuple[str, str]]


class CouncilRequest(MunicipalRequest):
    """A request for a page of a municipality's council."""

    council: Council


class PersonRequest(CouncilRequest):
    """The same of a signed-in person."""

    user: User


def of_council(view: View) -> View:
    """Find the municipality's council; where there is none, say so (404 to everybody but a secretary, who founds it)."""

    @in_municipality
    @wraps(view)
    def with_council(request: CouncilRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = queries.council_of(request.municipality)
        if found is None:
            trail = [(request.municipality.label, f"/{request.municipality.slug}/")]
            may_found = rules.is_secretary(request.user, request.municipality)
            return render(request, "council/none.html", {"trail": trail, "may_found": may_found}, status=404)
        request.council = found
        return view(request, *args, **kwargs)

    return with_council


def open_to_all(view: View) -> View:
    """A page of the council that needs no sign-in."""
    return login_not_required(of_council(view))


def of_secretary(view: View) -> View:
    """A page for the secretary alone."""

    @of_council
    @wraps(view)
    def for_secretary(request: CouncilRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(rules.may_run(request.user, request.council))
        return view(request, *args, **kwargs)

    return for_secretary


def trail_to(request: CouncilRequest, *more: tuple[str, str]) -> Trail:
    """The way from the municipality's front page over the council."""
    here, council = request.municipality, request.council
    return [(here.label, f"/{here.slug}/"), (council.name, reverse("council:council", args=[here.slug])), *more]


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with, its files too; nothing when the page is opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def attempt(form: Form, action: Callable[[], Any]) -> Any:
    """Do it, or say in the form why not, so that what was written stays. Gives None when it was not done."""
    try:
        return action()
    except ValidationError as fault:
        form.add_error(None, fault)
    except Refused as fault:
        form.add_error(None, str(fault.reason))
    return None


def form_page(
    request: CouncilRequest,
    form: Form,
    action: Callable[[], Any],
    *,
    title: str,
    back: str,
    done: str,
    trail: Trail,
    lead: str = "",
    submit: str = "",
    onwards: Callable[[Any], str] | None = None,
    stored: Callable[[Any], Form] | None = None,
) -> HttpResponse:
    """A page with one form that does one thing and leads `back`, or to where `onwards` says of what was done.

    Who is overtaken keeps her text in the form, beside what `stored` shows of what the other has saved.
    """
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = attempt(form, action)
        except Conflict as conflict:
            if stored is None:
                raise
            differences, result = _overtaken(form, stored(conflict.current), conflict.current.version), None
        if result is not None:
            messages.success(request, done)
            return redirect(onwards(result) if onwards else back)
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit or _("Save"),
        "back": back,
        "differences": differences,
    }
    return render(
        request,
        "council/form.html",
        {**context, "trail": [*trail, (title, "")]},
        status=422 if form.errors else 200,
    )


def _overtaken(form: Form, stored: Form, version: int) -> list[Difference]:
    """Where the two differ; the form takes the stored version over, so that saving it again saves on top."""
    found = differences_between(form, stored)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(version)  # type: ignore[index]
    form.add_error(
        None, _("Somebody else has saved in the meantime. Your text is still here: compare, and save again.")
    )
    return found
