"""Overview pages with 100,000 listings (or as many as the first argument says), beside a plain page in the same run.

Requests go through everything but the socket. Time is that of the processor, in this process and in the database's, so
that it is the same on a busy machine; the database may use no more than one core.
"""

import sys
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import process_time_ns

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.listings.collection import questions
from bench.listings.store import MUNICIPALITIES, open_store

ROUNDS = 30
MOST_QUERIES = 12
MOST_QUERIES_OF_SEARCH = 6
LONGEST_MEDIAN = 30.0
"""Milliseconds, for each page."""
MOST_TIMES_PLAIN = 2.5


def addresses(size: int) -> dict[str, list[str]]:
    """Pages of each kind, each a different one."""
    from urllib.parse import quote

    from fyrtaarn.topics.models import TargetGroup, Theme

    themes = list(Theme.objects.order_by("pk").values_list("pk", flat=True)[:20])
    groups = list(TargetGroup.objects.order_by("pk").values_list("pk", flat=True)[:25])
    asked = [quote(question) for question in questions(ROUNDS)]
    homes = [f"proevekommune-{number % MUNICIPALITIES}" for number in range(ROUNDS)]
    every = range(ROUNDS)
    return {
        "plain page": ["/plain/" for _ in every],
        "newest solutions": ["/loesninger/" for _ in every],
        "a later page": [f"/loesninger/?efter={size * (n + 1) // (ROUNDS + 2)}" for n in every],
        "solutions of a municipality": [f"/{home}/loesninger/" for home in homes],
        "with a theme": [f"/loesninger/?tema={themes[n % 20]}" for n in every],
        "with three choices": [
            f"/loesninger/?tema={themes[n % 20]}&maalgruppe={groups[n % 25]}&maalgruppe={groups[(n + 1) % 25]}"
            for n in every
        ],
        "question": [f"/loesninger/?q={question}" for question in asked],
        "question in a municipality": [f"/{home}/loesninger/?q={q}" for home, q in zip(homes, asked, strict=True)],
        "question with a theme": [f"/loesninger/?q={q}&tema={t}" for q, t in zip(asked, cycle(themes), strict=False)],
        "question to everything": [f"/soeg/?q={question}" for question in asked],
        "suggestions": [f"/soeg/forslag/?q={question[:4]}" for question in asked],
    }


def processor_time(backend: int) -> float:
    """Milliseconds of processor time that this process and the database's have used."""
    database = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
    return (process_time_ns() + database) / 1_000_000


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    open_store(size)
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ROOT_URLCONF = "bench.listings.plain"
    client = Client()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    times: dict[str, list[float]] = {}
    queries: dict[str, int] = {}
    pages = addresses(size)
    for paths in pages.values():
        for path in paths[:3]:
            assert client.get(path).status_code == 200, path
    for number in range(ROUNDS):
        for name, paths in pages.items():
            started = processor_time(backend)
            response = client.get(paths[number])
            times.setdefault(name, []).append(processor_time(backend) - started)
            assert response.status_code == 200
    for name, paths in pages.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(paths[0])
        queries[name] = sum(query["sql"].startswith(("SELECT", "WITH", "\nWITH")) for query in captured)
    print(f"{size:,} listings; milliseconds of server time a page")
    for name, measured in times.items():
        spread = quantiles(measured, n=20)
        print(f"{name:<30} p50 {median(measured):6.1f}  p95 {spread[-1]:6.1f}  queries {queries[name]:2}")
    pages_only = [name for name in times if name not in ("plain page", "suggestions")]
    slowest = max(pages_only, key=lambda name: median(times[name]))
    share = median([time for name in pages_only for time in times[name]]) / median(times["plain page"])
    most = max(queries[name] for name in pages_only)
    results = [
        goal(f"slowest page ({slowest}), ms at the median", median(times[slowest]), LONGEST_MEDIAN),
        goal("statements of any page", most, MOST_QUERIES),
        goal("statements of a question to everything", queries["question to everything"], MOST_QUERIES_OF_SEARCH),
        goal("times the plain page", share, MOST_TIMES_PLAIN),
    ]
    sys.exit(0 if all(results) else 1)


def goal(name: str, figure: float, limit: float) -> bool:
    """Print a figure beside what it may be at most; says whether it is."""
    met = figure <= limit
    print(f"{name}: {figure:.1f} (goal: at most {limit:g}) {'ok' if met else 'NOT MET'}")
    return met


if __name__ == "__main__":
    main()
