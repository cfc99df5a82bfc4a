"""Setting failed work going again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.transitions import log_step
from fyrtaarn.people.models import User

from .rules import may_operate


@transaction.atomic
def try_again(job_id: int, *, by: User) -> None:
    """Let the worker do a failed job once more. Raises Refused when it has not failed, or the same work waits already."""
    require(may_operate(by))
    job = ProcrastinateJob.objects.select_for_update(no_key=True).filter(pk=job_id, status="failed").first()
    if job is None:
        raise Refused(_("This work no longer stands as failed. Perhaps somebody else has set it going."))
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(job.pk, retry_at=clock.now())
    except UniqueViolation as fault:
        raise Refused(_("The same work waits already, so it will be done without this.")) from fault
    log_step(job, "try_again", "failed", "todo", by=by)
