"""What all pages of the search room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.acting import me
from fyrtaarn.people.models import User
from fyrtaarn.people.rules import ADMINISTRATOR

from ..rules import is_editor, may_see
from ..sections import tabs

View = Callable[..., HttpResponseBase]


def for_those_who_may_see(view: View) -> View:
    """A page for editors and administrators alone."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may_see(request.user))
        return view(request, *args, **kwargs)

    return seen


def municipalities_of(user: User) -> list[Municipality]:
    """The municipalities that the person administers, in Danish order."""
    found = {role.municipality_id: role.municipality for role in user.current_roles if role.kind == ADMINISTRATOR}
    return sorted(found.values(), key=lambda municipality: municipality.sort_key)


def trail_to(*steps: tuple[str | Promise, str]) -> list[tuple[str | Promise, str]]:
    """Breadcrumbs by the words to a page."""
    return [(_("Home"), "/"), (_("Shared words"), reverse("vocabulary:concepts")), *steps]


def page(
    request: HttpRequest, template: str, section: str, title: str | Promise, context: dict[str, Any], **kwargs: Any
) -> HttpResponse:
    """A page under one of the sections; deeper pages give their own `trail`."""
    shown = {
        "title": title,
        "tabs": tabs(section),
        "may_edit": is_editor(me(request)),
        "trail": [(_("Home"), "/"), (title, "")],
        **context,
    }
    return render(request, template, shown, **kwargs)


def try_to(request: HttpRequest, act: Callable[[], Any], done: str | Promise, to: str) -> HttpResponse:
    """Do something that a rule may refuse for what has happened in the meantime, and go on to a page."""
    try:
        act()
    except Refused as refusal:
        if not is_editor(me(request)):
            raise
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, str(done))
    return redirect(to)
