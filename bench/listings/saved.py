"""One new listing against 100,000 saved searches in the database (or as many as the first argument says).

Seven of ten ask a question, some of these with a choice; the others follow a theme or a place. The listings are made as
those of the store. Time is that of the processor, in this process and in the database's, from the listing to the searches
that it fits: analysing it is part of that, writing a row for each search is not.
"""

import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.listings.collection import collection, questions
from bench.listings.run import goal, processor_time
from bench.listings.store import MUNICIPALITIES, START, listing_of, make_places, open_store

LISTINGS = 100_000
ROUNDS = 200
LONGEST = 50.0
"""Milliseconds, for 95 of 100 listings."""
PEOPLE = 5_000
RECENT = 500
"""Searches that the last folding does not hold."""


def fill(count: int, places: dict[str, list[int]]) -> None:
    """Make people and their searches, weighed; all but the last ones folded."""
    from fyrtaarn.listings.models import SavedSearch
    from fyrtaarn.listings.weighing import fold_searches, weigh_new
    from fyrtaarn.people.models import User

    started = process_time()
    User.objects.filter(email__endswith="@bench.example.org").delete()
    people = User.objects.bulk_create([User(email=f"{n}@bench.example.org", name=f"Person {n}") for n in range(PEOPLE)])
    random = Random(3)
    asked = questions(count, seed=4)
    searches = []
    for number in range(count):
        worded = random.random() < 0.7
        filters = {}
        if not worded or random.random() < 0.2:
            filters = {"theme": [str(random.choice(places["theme"]))]}
        if not worded and random.random() < 0.5:
            filters = {"for": [str(random.choice(places["group"]))]}
        home = random.choice(places["municipality"]) if random.random() < 0.4 else None
        searches.append(
            SavedSearch(
                user=people[number % PEOPLE],
                name="Søgning",
                kind=random.choice(("", "solution", "solution", "challenge")),
                municipality_id=home,
                question=asked[number] if worded else "",
                filters=filters,
                created=START,
            )
        )
    SavedSearch.objects.bulk_create(searches[:-RECENT], batch_size=5_000)
    weigh_new()
    print(f"weighed in {process_time() - started:.0f} s of this process", file=sys.stderr)
    started = process_time()
    fold_searches()
    print(f"folded in {process_time() - started:.1f} s of this process", file=sys.stderr)
    SavedSearch.objects.bulk_create(searches[-RECENT:])
    weigh_new()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    open_store(LISTINGS)
    from django.db import connection, transaction

    from fyrtaarn.listings.fitting import fitting_searches
    from fyrtaarn.listings.models import SavedSearch

    places = make_places()
    if SavedSearch.objects.count() != count:
        fill(count, places)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE listings_savedsearch, listings_searchterm, people_user")
    made = collection(LISTINGS + ROUNDS, municipalities=MUNICIPALITIES)
    new = [listing_of(number, one, places) for number, one in enumerate(made, 1) if number > LISTINGS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    times, found = [], []
    for number, listing in enumerate(new):
        listing.published += timedelta(days=365)
        with transaction.atomic():
            started = processor_time(backend)
            fitting = fitting_searches(listing)
            times.append(processor_time(backend) - started)
        found.append(len(fitting))
        if number == 0:
            times.clear()  # which has loaded dictionaries
            found.clear()
    print(f"one new listing against {count:,} saved searches: p50 {median(times):.1f} ms, most {max(times):.0f} ms;")
    print(f"fits {median(found):.0f} at the median, {max(found)} at most")
    sys.exit(0 if goal("one new listing, ms at p95", quantiles(times, n=20)[-1], LONGEST) else 1)


if __name__ == "__main__":
    main()
