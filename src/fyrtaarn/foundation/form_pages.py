"""A page with one form that does one thing: what was written stays where it cannot be done.

form = ReasonForm(*sent(request))
return form_page(request, form, lambda: actions.decline(…), title=…, back=…, done=…, trail=…)
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .conflicts import Difference, differences
from .rules import Refused
from .versions import Conflict


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with, its files too; nothing when the page is opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def attempt(form: BaseForm, action: Callable[[], Any], *, at: str | None = None) -> Any:
    """Do it, or say in the form why not, so that what was written stays. Gives None when it was not done.

    What is wrong with a file stands `at` its field; all else above the form.
    """
    try:
        return action()
    except ValidationError as fault:
        form.add_error(at, fault)
    except Refused as fault:
        form.add_error(None, str(fault.reason))
    return None


def form_page(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[[], Any],
    *,
    title: str,
    back: str,
    done: str,
    trail: Sequence[tuple[str, str]],
    lead: str = "",
    submit: str = "",
    onwards: Callable[[Any], str] | None = None,
    stored: Callable[[Any], BaseForm] | None = None,
) -> HttpResponse:
    """The page; once the action has given something it leads `back`, or to where `onwards` says of what was given.

    Who is overtaken keeps her text in the form, beside what `stored` shows of what the other has saved.
    """
    found: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = attempt(form, action)
        except Conflict as conflict:
            if stored is None:
                raise
            found, result = _overtaken(form, stored(conflict.current), conflict.current.version), None
        if result is not None:
            messages.success(request, done)
            return redirect(onwards(result) if onwards else back)
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit or _("Save"),
        "back": back,
        "differences": found,
        "trail": [*trail, (title, "")],
    }
    return render(request, "foundation/form_page.html", context, status=422 if form.errors else 200)


def _overtaken(form: BaseForm, stored: BaseForm, version: int) -> list[Difference]:
    """Where the two differ; the form takes the stored version over, so that saving it again saves on top."""
    found = differences(form, stored)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(version)  # type: ignore[index]
    form.add_error(
        None, _("Somebody else has saved in the meantime. Your text is still here: compare, and save again.")
    )
    return found
