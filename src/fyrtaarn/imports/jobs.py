"""Background work of the imports."""

from datetime import timedelta

from procrastinate.contrib.django import app

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed
from fyrtaarn.people.models import User

from . import actions
from .models import ImportRun, ImportState

UNFINISHED_KEPT = timedelta(days=30)


@app.task(name="imports.import_rows", retry=AGAIN)
def import_rows(run: int, user: int) -> None:
    """Import the rows of a begun import."""
    actions.perform(run, User.objects.get(pk=user))


@app.periodic(cron="17 3 * * *")
@app.task(name="imports.remove_unfinished", queueing_lock="imports.remove_unfinished", retry=AGAIN)
@once_the_clock_is_believed
def remove_unfinished(timestamp: int) -> None:
    """Throw away what was uploaded and never imported: files may hold more than anybody meant to keep."""
    states = (ImportState.UPLOADED, ImportState.CHECKED)
    ImportRun.objects.filter(state__in=states, created__lt=clock.now() - UNFINISHED_KEPT).delete()
