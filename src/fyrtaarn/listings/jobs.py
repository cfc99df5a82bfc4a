"""Background work: folding what is counted, and telling of what fits saved searches."""

from procrastinate.contrib.django import app

from fyrtaarn.foundation.background import AGAIN
from fyrtaarn.foundation.models import Rhythm

from .folding import fold
from .freshness import sink_stale
from .saved import tell_collected, tell_of
from .weighing import fold_many, weigh_anew, weigh_new


@app.periodic(cron="* * * * *")
@app.task(name="listings.fold", queueing_lock="listings.fold")
def fold_changes(timestamp: int) -> None:
    """Count in what has changed since the last minute, of listings and of saved searches."""
    fold()
    weigh_new()
    fold_many()


@app.periodic(cron="30 3 * * *")
@app.task(name="listings.weigh_anew", queueing_lock="listings.weigh_anew")
def weigh_searches_anew(timestamp: int) -> None:
    """Weigh all saved searches by the words that listings hold by now."""
    weigh_anew()
    fold_many()


@app.periodic(cron="0 * * * *")
@app.task(name="listings.sink_stale", queueing_lock="listings.sink_stale")
def sink_what_is_stale(timestamp: int) -> None:
    """At each hour, for it is midnight here at another hour in summer: let sink what is no longer confirmed."""
    sink_stale()


@app.task(name="listings.tell_saved_searches", retry=AGAIN)
def tell_saved_searches(listing_id: int) -> None:
    """Tell everybody whose saved search a listing fits, each once."""
    tell_of(listing_id)


@app.task(name="listings.take_up_vocabulary", lock="listings.take_up_vocabulary", retry=AGAIN)
def take_up_vocabulary(number: int) -> None:
    """Read all listings anew with a published vocabulary."""
    from .upkeep import take_up  # which writes listings, as those do who defer the jobs above

    take_up(number)


@app.task(name="listings.read_anew", lock="listings.take_up_vocabulary", retry=AGAIN)
def read_anew() -> None:
    """Read all listings anew, because the name of something that they hold has changed."""
    from .upkeep import rebuild  # for the same reason

    for _looked_at, _mended in rebuild():
        pass


@app.periodic(cron="0 6 * * *")
@app.task(name="listings.tell_daily", queueing_lock="listings.tell_daily", retry=AGAIN)
def tell_daily(timestamp: int) -> None:
    """Tell of what has come since yesterday."""
    tell_collected(Rhythm.DAILY)


@app.periodic(cron="0 6 * * 1")
@app.task(name="listings.tell_weekly", queueing_lock="listings.tell_weekly", retry=AGAIN)
def tell_weekly(timestamp: int) -> None:
    """Tell of what has come since last Monday."""
    tell_collected(Rhythm.WEEKLY)
