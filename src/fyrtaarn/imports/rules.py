"""Who may import."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import ADMINISTRATOR, holds_role

from .models import ImportRun, ImportState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

IMPORTING_KINDS = (ADMINISTRATOR, RoleKind.DEPARTMENT_EDITOR)


def may_import(user: "User | AnonymousUser", municipality: Municipality | int) -> Verdict:
    """Administrators and department editors of the municipality."""
    return allowed_if(
        holds_role(user, *IMPORTING_KINDS, municipality=municipality),
        _("Only the municipality's administrators and department editors can import."),
    )


def municipalities_of(user: User) -> QuerySet[Municipality]:
    """The municipalities with a portal here for which the person may import."""
    places = {role.municipality_id for role in user.current_roles if role.kind in IMPORTING_KINDS}
    return Municipality.objects.filter(pk__in=places, open=True)


def visible_runs(user: User) -> QuerySet[ImportRun]:
    """Her own imports where she may still import; administrators see all of their municipality."""
    administers = {role.municipality_id for role in user.current_roles if role.kind == ADMINISTRATOR}
    own = Q(by=user, municipality__in=municipalities_of(user))
    return ImportRun.objects.filter(own | Q(municipality__in=administers)).select_related("municipality", "by")


def may_change(run: ImportRun) -> Verdict:
    """Columns and rows can be changed until the import begins."""
    return allowed_if(
        run.state in (ImportState.UPLOADED, ImportState.CHECKED),
        _("This import has begun, so it can no longer be changed."),
    )


def may_undo(run: ImportRun) -> Verdict:
    """What has been imported can be undone, once."""
    return allowed_if(run.state == ImportState.DONE, _("Only what has been imported can be undone."))
