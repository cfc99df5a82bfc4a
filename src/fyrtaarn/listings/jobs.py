"""Background work: folding what is counted, and telling of what fits saved searches."""

from procrastinate.contrib.django import app


@app.task(name="listings.tell_saved_searches")
def tell_saved_searches(listing_id: int) -> None:
    """Tell everybody whose saved search a listing fits, each once."""
