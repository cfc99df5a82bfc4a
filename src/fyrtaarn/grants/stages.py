"""Which stages of a pool an organisation has completed, for those who want to apply for the next."""

from fyrtaarn.applications.eligibility import STAGE_COMPLETED
from fyrtaarn.organisations.models import Organisation
from fyrtaarn.pools.models import Stage

from .models import Grant, GrantState


def stage_completed(organisation: Organisation, stage: Stage) -> bool:
    """Whether the organisation has completed a grant of the stage, in this or an earlier version of the pool's rules."""
    completed = Grant.objects.filter(organisation=organisation, pool=stage.rules.pool, state=GrantState.COMPLETED)
    return completed.filter(decision__application__stage__number=stage.number).exists()


STAGE_COMPLETED.append(stage_completed)
