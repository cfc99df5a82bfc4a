"""What grows of a question elsewhere, and the way back from there."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import require
from fyrtaarn.listings import growing
from fyrtaarn.listings.growing import Grown, Option, Seed
from fyrtaarn.people.models import User

from . import rules
from .models import Case, CaseGrowth, MessageSide
from .notices import case_path


def seed_of(case: Case) -> Seed:
    """The asker's first words, with what is known of her and what has grown of them."""
    first = case.messages.filter(side=MessageSide.ASKER).order_by("created", "pk").first()
    grown = CaseGrowth.objects.filter(case=case).order_by("pk").values_list("kind", "subject_id")
    text = first.text if first else case.title
    return Seed(case.key, case.title, text, case.municipality, case.organisation, case.about, tuple(grown))


def options_for(user: User, case: Case) -> list[tuple[str, Option]]:
    """What this person can let grow of the case, with the kind of each."""
    require(rules.may_grow(user, case))
    seed = seed_of(case)
    return [(kind.key, option) for kind in growing.KINDS.values() for option in kind.options(user, seed)]


def grown_of(user: User, case: Case) -> list[Grown]:
    """What has grown of the case, as far as this person may see it, oldest first."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, subject in CaseGrowth.objects.filter(case=case).order_by("pk").values_list("kind", "subject_id"):
        by_kind[kind].append(subject)
    return [one for kind, keys in by_kind.items() for one in growing.KINDS[kind].shown(user, keys).values()]


def origin(kind: str, subject: int) -> Grown | None:
    """The question of which a thing has grown, for the municipality's people; rows of others do not reach them."""
    found = CaseGrowth.objects.select_related("case__municipality").filter(kind=kind, subject_id=subject)
    growth = found.order_by("pk").first()
    return Grown(_("Question"), growth.case.title, case_path(growth.case)) if growth else None


growing.ORIGINS.append(origin)


def note_growth(user: User, case: Case, kind: str, subject: int) -> bool:
    """Keep that it has grown of the case; False where that was known."""
    _growth, new = CaseGrowth.objects.get_or_create(
        case=case, kind=kind, subject_id=subject, defaults={"grown_by": user}
    )
    return new
