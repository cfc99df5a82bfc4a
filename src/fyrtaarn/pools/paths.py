"""Where the pages of pools are, for notices and lists."""

from django.urls import reverse

from .models import Call, Pool


def pool_path(pool: Pool) -> str:
    """The pool's public page."""
    return reverse("pools:pool", args=[pool.municipality.slug, pool.slug])


def manage_path(pool: Pool, page: str = "manage") -> str:
    """One of the pages for those who look after it."""
    return reverse(f"pools:{page}", args=[pool.municipality.slug, pool.slug])


def given_path() -> str:
    """What one's own department gives."""
    return reverse("pools:given")


def call_path(call: Call) -> str:
    """A call's public page."""
    return reverse("pools:call", args=[call.pool.municipality.slug, call.pool.slug, call.number])
