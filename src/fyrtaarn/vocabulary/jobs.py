"""Background work: forgetting what was asked."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.watching import once_the_clock_is_believed

from .asked import forget_old


@app.periodic(cron="30 3 * * *")
@app.task(name="vocabulary.forget_questions", queueing_lock="vocabulary.forget_questions", retry=AGAIN)
@once_the_clock_is_believed
def forget_questions(timestamp: int) -> None:
    """Forget old and rare questions."""
    forget_old()
