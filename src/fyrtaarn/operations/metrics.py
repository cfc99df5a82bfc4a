"""Figures for Prometheus: what the web processes count, and how the installation stands when it is asked.

Web processes of one `fyrtaarn web` count into files of one folder, PROMETHEUS_MULTIPROC_DIR, so that any of them
answers for all of them. How the installation stands is read from the database, which all hosts share.
"""

import os
from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from .queries import Standing, standing

DURATIONS = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5.0, 20.0)

requests = Counter("fyrtaarn_requests", "Answered requests, by method, page and status.", ("method", "page", "status"))
durations = Histogram(
    "fyrtaarn_request_seconds", "Seconds until an answer, by method and page.", ("method", "page"), buckets=DURATIONS
)


def count_request(method: str, page: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    requests.labels(method, page, str(status)).inc()
    durations.labels(method, page).observe(seconds)


def exposition() -> bytes:
    """All figures in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Gauges(standing()))
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)


class _Gauges(Collector):
    """How the installation stands, as gauges; what is not known is left out."""

    def __init__(self, found: Standing) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = self.found
        jobs = GaugeMetricFamily("fyrtaarn_jobs", "Background jobs, by state.", labels=("state",))
        for state, number in found.jobs.items():
            jobs.add_metric((state,), number)
        yield jobs
        gauges = {
            "fyrtaarn_oldest_due_job_seconds": ("Seconds that the oldest due job has waited.", found.oldest_due_job),
            "fyrtaarn_workers": ("Workers that were alive within the last minute.", found.workers),
            "fyrtaarn_mail_waiting": ("Mails that wait to be sent.", found.mail_waiting),
            "fyrtaarn_mail_undelivered": ("Mails that nobody can say have arrived.", found.mail_undelivered),
            "fyrtaarn_index_uncounted": ("Changes that the search index does not count yet.", found.index_uncounted),
            "fyrtaarn_index_outdated": ("Listings read by an earlier version.", found.index_outdated),
            "fyrtaarn_backup_age_seconds": ("Seconds since the newest backup was made.", found.backup_age),
        }
        for name, (meaning, value) in gauges.items():
            if value is not None:
                yield GaugeMetricFamily(name, meaning, value=float(value))
