"""Who may read, propose and change the shared words.

They hold for all municipalities, so a municipality's administrator proposes, and the editors whom the operator has
appointed decide.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import Municipality
from fyrtaarn.foundation.rules import ALLOWED, Verdict, allowed_if, refused
from fyrtaarn.people.models import NationalRoleKind, User
from fyrtaarn.people.rules import ADMINISTRATOR, holds_national_role, holds_role, is_administrator

from .models import Proposal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Person = User | AnonymousUser


def is_editor(user: "Person") -> bool:
    return holds_national_role(user, NationalRoleKind.VOCABULARY_EDITOR)


def may_see(user: "Person") -> Verdict:
    """Editors and all municipalities' administrators see the words as they are being changed."""
    return allowed_if(
        is_editor(user) or holds_role(user, ADMINISTRATOR),
        _("Only administrators and the editors of the shared words see this."),
    )


def may_edit(user: "Person") -> Verdict:
    """Editors change the draft, publish it and answer proposals."""
    return allowed_if(
        is_editor(user),
        _("The words are shared by all municipalities, so only their editors can do this. You can propose a change."),
    )


def may_propose(user: "Person", municipality: Municipality) -> Verdict:
    """A municipality's administrators propose in its name."""
    return allowed_if(
        is_administrator(user, municipality), _("Only the municipality's own administrators can propose a change.")
    )


def may_see_questions(user: "Person", municipality: Municipality) -> Verdict:
    """A municipality's administrators, and the editors, see what was asked on its pages."""
    return allowed_if(
        is_editor(user) or is_administrator(user, municipality),
        _("Only the municipality's administrators and the editors of the shared words see this."),
    )


def may_answer(user: "Person", proposal: Proposal) -> Verdict:
    """Editors answer, also what they have proposed themselves."""
    return may_edit(user)


def may_take_back(user: "Person", proposal: Proposal) -> Verdict:
    """The municipality that proposed takes back."""
    if not is_administrator(user, proposal.municipality_id):
        return refused(_("Only the municipality that proposed it can take it back."))
    return ALLOWED
