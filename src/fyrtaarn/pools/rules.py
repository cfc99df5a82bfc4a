"""Who may do what with a pool: its municipality's fund managers and administrators; others by the duties they have."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Verdict, allowed_if
from fyrtaarn.people.models import RoleKind, User
from fyrtaarn.people.rules import holds_role

from .models import Pool, PoolDuty, PoolState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    AnyUser = User | AnonymousUser

MANAGERS = (RoleKind.FUND_MANAGER, RoleKind.MUNICIPALITY_ADMINISTRATOR)
AUDITOR = "auditor"
NOT_A_MANAGER = _("Only the municipality's fund managers can do this.")
NOT_TO_SEE = _("Only the municipality's fund managers and auditors can see this.")


def is_fund_manager(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Whether the person looks after the municipality's pools today; its administrators do too."""
    return holds_role(user, *MANAGERS, municipality=municipality)


def is_auditor(user: "AnyUser", municipality: Municipality | int) -> bool:
    """Whether the person reads all of the municipality's money today, and changes nothing."""
    return holds_role(user, AUDITOR, municipality=municipality)


def may_make(user: "AnyUser", municipality: Municipality | int) -> Verdict:
    """Fund managers make pools."""
    return allowed_if(is_fund_manager(user, municipality), NOT_A_MANAGER)


def may_manage(user: "AnyUser", pool: Pool) -> Verdict:
    """Fund managers look after all pools of their municipality."""
    return allowed_if(is_fund_manager(user, pool.municipality_id), NOT_A_MANAGER)


def may_read_all(user: "AnyUser", pool: Pool) -> Verdict:
    """Drafts, books and who does what: fund managers and auditors."""
    sees = is_fund_manager(user, pool.municipality_id) or is_auditor(user, pool.municipality_id)
    return allowed_if(sees, NOT_TO_SEE)


def may_see(user: "AnyUser", pool: Pool) -> Verdict:
    """Everybody, but for a pool that is still being prepared."""
    return allowed_if(pool.state != PoolState.DRAFT or bool(may_read_all(user, pool)), NOT_TO_SEE)


def has_duty(user: "AnyUser", pool: Pool | int, duty: str) -> bool:
    """Whether the person does this for the pool today; one query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    today = clock.today()
    held = PoolDuty.objects.filter(Q(ends=None) | Q(ends__gt=today), pool=pool, user=user, duty=duty)
    return held.filter(starts__lte=today).exists()
