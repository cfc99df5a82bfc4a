"""The files that show what an application says."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.files import files_of, keep_file, remove_file
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.keys import key_in
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.foundation.rules import require
from fyrtaarn.people.models import User

from .. import rules
from ..models import Application

MOST_FILES = 20


@transaction.atomic
def add_files(user: User, application: Application, uploads: Sequence[Any]) -> list[StoredFile]:
    """Keep the files as the application's. Raises ValidationError for one that we do not keep, then none is kept."""
    current = hold(Application.objects.all(), application.pk)
    require(rules.may_change(user, current))
    if files_of(current).count() + len(uploads) > MOST_FILES:
        raise ValidationError(_("An application has room for %(most)d files.") % {"most": MOST_FILES})
    return [keep_file(upload, subject=current, by=user) for upload in uploads]


@transaction.atomic
def take_file_away(user: User, application: Application, key: str) -> None:
    """Remove one of the application's files. Raises Http404 for what is none of them."""
    current = hold(Application.objects.all(), application.pk)
    require(rules.may_change(user, current))
    stored = files_of(current).filter(pk=key_in(key) or 0).first()
    if stored is None:
        raise Http404
    remove_file(stored, by=user)
