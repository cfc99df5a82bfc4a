"""Background work of organisations and those who know them."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN


@app.periodic(cron="15 7 * * *")
@app.task(name="organisations.ask_to_confirm", queueing_lock="organisations.ask_to_confirm", retry=AGAIN)
def ask_to_confirm(timestamp: int) -> None:
    """Each morning: ask ambassadors who have not said for a year that it still holds."""
    from .ambassadors.actions import ask_all_to_confirm

    ask_all_to_confirm()
