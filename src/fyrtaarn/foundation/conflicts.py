"""Two people edited the same thing: what the second is shown, so that nothing is lost.

A view catches `versions.Conflict` and answers with `conflict_page`: both versions side by side where they differ, and
the form with what the second wrote, ready to be mended and saved on top of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Func
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise

from .versions import Versioned

CONFLICT = 409


@dataclass(frozen=True)
class Difference:
    """One field in which the two versions differ, each in words; `control` is the id of the field to mend."""

    label: str | Promise
    control: str
    mine: str
    theirs: str


def differences(mine: BaseForm, theirs: BaseForm) -> list[Difference]:
    """Where the sent form `mine` says something else than the fresh form `theirs` of the stored version."""
    found = []
    for field in mine.visible_fields():
        stored = theirs[field.name].value()
        if field.field.has_changed(stored, field.data):
            found.append(
                Difference(
                    field.label, field.id_for_label or field.auto_id, _words(field, field.data), _words(field, stored)
                )
            )
    return found


def _words(field: BoundField, value: Any) -> str:
    """A field's value as a reader knows it: the names of what is chosen, or the text itself."""
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "" if value in (None, "") else str(value)
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    return ", ".join(str(label) for key, label in choices if str(key) in chosen and str(key))


def latest_change(subject: models.Model) -> tuple[str, str]:
    """Who changed a tracked object last, and when in words; empty where nobody is known."""
    by = Func(F("pgh_context_id"), function="errand.changed_by", output_field=models.BigIntegerField())
    event = subject.pgh_event_model.objects.filter(pgh_obj_id=subject.pk).annotate(by=by).latest("pgh_id")  # type: ignore[attr-defined]
    person = get_user_model()._default_manager.filter(pk=event.by).first() if event.by else None
    return str(person or ""), date_format(event.pgh_created_at, "DATETIME_FORMAT")


def conflict_page(
    request: HttpRequest,
    *,
    current: Versioned,
    mine: BaseForm,
    theirs: BaseForm,
    back: str,
    trail: Sequence[tuple[str, str]] = (),
    template: str = "foundation/conflict.html",
    context: dict[str, Any] | None = None,
    changed: tuple[str, str] | None = None,
) -> HttpResponse:
    """The page (HTTP 409) that tells the second of two editors. `back` is the page of the thing itself.

    `mine` is the form as sent; its version is set to the stored one, so that saving it again saves on top. A page
    with more than one form extends the template and fills its block `more` inside the form. `changed` says who saved last,
    and when in words, of what the database keeps apart: its history is not there for a page to read.
    """
    mine.data = mine.data.copy()  # type: ignore[attr-defined]
    mine.data[mine.add_prefix("version")] = str(current.version)  # type: ignore[index]
    who, when = changed or latest_change(current)
    shown = {
        **(context or {}),
        "differences": differences(mine, theirs),
        "form": mine,
        "who": who,
        "when": when,
        "back": back,
        "trail": trail,
    }
    return render(request, template, shown, status=CONFLICT)
