"""A database of made listings, built once for each size and kept in var/bench.

Listings are copied in, not published one by one; the tests show that publishing writes the same rows.
"""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from bench.listings.collection import Made

ROOT = Path(__file__).resolve().parents[2]
MUNICIPALITIES = 20
START = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))


def open_store(size: int, only: str = "") -> None:
    """Set Django up on the database of this size, of one kind or of all, making it first if it is not there."""
    folder = ROOT / "var" / ("-".join(filter(None, ("bench", only, str(size)))))
    os.environ["FYRTAARN_DATA_DIR"] = str(folder)
    os.environ["FYRTAARN_LOG_LEVEL"] = "ERROR"
    os.environ.pop("FYRTAARN_DATABASE_URL", None)
    from fyrtaarn.config.commands import setup_django

    setup_django()
    from django.core.management import call_command

    from fyrtaarn.listings.models import Listing

    call_command("migrate", verbosity=0)
    if not (folder / "static").exists():
        call_command("collectstatic", verbosity=0, interactive=False)
    if Listing.objects.count() != size:
        started = perf_counter()
        fill(size, only)
        print(f"made {size:,} listings in {perf_counter() - started:.0f} s", file=sys.stderr)


def fill(size: int, only: str = "") -> None:
    """Make places, topics, listings and the index."""
    from django.db import connection, transaction

    with transaction.atomic():
        places = make_places()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE listings_listing RESTART IDENTITY CASCADE")
            cursor.execute("TRUNCATE listings_term, listings_bits, listings_unfolded")
        copy_listings(size, places, only)
    from fyrtaarn.listings.folding import fold

    started = process_time()
    fold()
    print(f"folded in {process_time() - started:.0f} s of this process", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_places() -> dict[str, list[int]]:
    """Primary keys of municipalities, and of their districts and departments in the same order."""
    from fyrtaarn.areas.models import Department, District, Municipality
    from fyrtaarn.topics.models import TargetGroup, Theme

    made: dict[str, list[int]] = {"municipality": [], "district": [], "department": [], "theme": [], "group": []}
    for number in range(MUNICIPALITIES):
        home, _ = Municipality.objects.update_or_create(
            code=f"9{number:03}",
            defaults={
                "name": f"Prøvekommune {number}",
                "slug": f"proevekommune-{number}",
                "region_code": "DK-83",
                "region": "Region Syddanmark",
                "open": True,
            },
        )
        made["municipality"].append(home.pk)
        for place in range(12):
            made["district"].append(
                District.objects.update_or_create(
                    municipality=home,
                    slug=f"bydel-{place}",
                    defaults={"name": f"Bydel {place}", "latitude": 55 + place / 50, "longitude": 9 + number / 5},
                )[0].pk
            )
        for place in range(7):
            made["department"].append(
                Department.objects.update_or_create(
                    municipality=home, slug=f"forvaltning-{place}", defaults={"name": f"Forvaltning {place}"}
                )[0].pk
            )
    for number in range(20):
        made["theme"].append(
            Theme.objects.update_or_create(
                slug=f"tema-{number}", defaults={"name": f"Tema {number}", "name_en": f"Theme {number}"}
            )[0].pk
        )
    for number in range(25):
        made["group"].append(
            TargetGroup.objects.update_or_create(
                slug=f"gruppe-{number}", defaults={"name": f"Gruppe {number}", "name_en": f"Group {number}"}
            )[0].pk
        )
    return made


def copy_listings(size: int, places: dict[str, list[int]], only: str = "") -> None:
    """Analyse the collection and copy listings and their terms in, as yet unfolded."""
    from django.db import connection

    from bench.listings.collection import collection
    from fyrtaarn.engine.matching import Document, analyse
    from fyrtaarn.listings.models import Listing
    from fyrtaarn.listings.packing import packed_vector
    from fyrtaarn.listings.terms import EVERY_LISTING, numbered, on_shelf, shelf_of

    told: set[str] = set()
    batch: list[Listing] = []
    with connection.cursor() as cursor:
        vectors: list[tuple[int, bytes, bytes]] = []
        unfolded: list[tuple[int, list[str], list[int]]] = []
        for number, made in enumerate(collection(size, municipalities=MUNICIPALITIES, only=only), 1):
            batch.append(listing_of(number, made, places))
            analysis = analyse(Document("", made.title, made.text, language="da"))
            shelf = shelf_of(made.kind, batch[-1].codes)
            words = {on_shelf(shelf, term) for term in (*analysis.terms, EVERY_LISTING)}
            vectors.append((number, *packed_vector(numbered(shelf, analysis.terms))))
            unfolded.append((number, sorted(words - told), []))
            told |= words
            if len(batch) == 2000 or number == size:
                Listing.objects.bulk_create(batch)
                with cursor.copy("COPY listings_termvector (listing_id, terms, weights) FROM STDIN") as copy:
                    for vector in vectors:
                        copy.write_row(vector)
                with cursor.copy("COPY listings_unfolded (listing_id, gained, lost) FROM STDIN") as copy:
                    for change in unfolded:
                        copy.write_row(change)
                batch, vectors, unfolded = [], [], []
        cursor.execute("SELECT setval(pg_get_serial_sequence('listings_listing', 'id'), %s)", [size])


def listing_of(number: int, made: "Made", places: dict[str, list[int]]) -> Any:
    """The unsaved listing of a made thing."""
    from fyrtaarn.engine.matching import ANALYSIS_VERSION
    from fyrtaarn.foundation.sorting import danish_key
    from fyrtaarn.listings.codes import codes_of
    from fyrtaarn.listings.models import Listing

    home = made.municipality
    moment = START + timedelta(minutes=made.minute)
    solution, challenge = made.kind == "solution", made.kind == "challenge"
    listing = Listing(
        pk=number,
        kind=made.kind,
        subject_id=number,
        side={"solution": "offered", "challenge": "sought", "organisation": "about"}[made.kind],
        audience="public" if made.public else "municipality",
        municipality_id=places["municipality"][home],
        path=f"/{made.kind}/{number}/",
        title=made.title,
        sort_key=danish_key(made.title),
        text=made.text,
        departments=[places["department"][home * 7 + made.department]] if challenge else [],
        districts=[places["district"][home * 12 + made.district]],
        themes=[places["theme"][made.theme % 20]],
        target_groups=[places["group"][group] for group in made.groups],
        goals=list(made.goals),
        delivers_everywhere=made.everywhere,
        state="published",
        stage=made.stage if solution else "",
        capacity="some" if solution else "",
        fresh=not (solution and number % 10 == 0),
        published=moment,
        updated=moment,
        analysis_version=ANALYSIS_VERSION,
    )
    listing.codes = codes_of(listing)
    return listing
