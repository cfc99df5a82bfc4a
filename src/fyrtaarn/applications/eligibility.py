"""Whether an organisation may apply to a pool by its rules, and if not, why."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from fyrtaarn.organisations.models import Organisation, OrganisationKind
from fyrtaarn.pools.models import PoolRules, Stage

Completed = Callable[[Organisation, Stage], bool]
STAGE_COMPLETED: list[Completed] = []
"""Rooms above say whether an organisation has completed a grant of a stage of a pool."""


def stage_completed(organisation: Organisation, stage: Stage) -> bool:
    """Whether the organisation has completed a grant of this stage, in this or an earlier version of the rules."""
    return any(completed(organisation, stage) for completed in STAGE_COMPLETED)


def stage_before(stage: Stage) -> Stage | None:
    """The stage that comes before it in the same rules."""
    return Stage.objects.filter(rules=stage.rules_id, number__lt=stage.number).order_by("-number").first()


def hindrances(organisation: Organisation, rules: PoolRules, stage: Stage | None = None) -> list[str | Promise]:
    """Why the organisation cannot apply, each in a sentence; nothing when it can."""
    found: list[str | Promise] = []
    if rules.kinds and organisation.kind not in rules.kinds:
        named = ", ".join(str(OrganisationKind(kind).label).lower() for kind in rules.kinds)
        found.append(_("The pool is for other kinds of organisations: %(kinds)s.") % {"kinds": named})
    if rules.only_home and organisation.home_id != rules.pool.municipality_id:
        found.append(
            _("The pool is for organisations at home in %(place)s.") % {"place": rules.pool.municipality.label}
        )
    if rules.cvr_needed and not organisation.cvr:
        found.append(_("The pool asks for a CVR number. Write it on your organisation's page first."))
    before = stage_before(stage) if stage is not None and stage.after_earlier else None
    if before is not None and not stage_completed(organisation, before):
        found.append(
            _("You can apply for “%(stage)s” when you have completed a grant for “%(before)s”.")
            % {"stage": stage.label if stage else "", "before": before.label}
        )
    return found
