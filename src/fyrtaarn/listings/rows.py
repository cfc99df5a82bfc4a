"""The rows of a list of listings, in the reader's words."""

from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .models import Listing
from .registry import kind_named
from .search import Hit

MOST_REASONS = 2


def row(hit: Hit, *, all_kinds: bool) -> SafeString:
    """A hit as a list item, with at most two reasons for it and two against.

    Written here and not in a template because a page has twenty of them; a status looks like the component's.
    """
    listing = hit.listing
    who = listing.organisation.name if listing.organisation and listing.kind != "organisation" else ""
    meta = (kind_of(listing) if all_kinds else "", who, listing.municipality.label)  # where kinds are mixed, the kind
    language = escape(listing.language)
    parts = [
        _paragraph("hit-meta", " · ".join(part for part in meta if part)),
        f'<h2 class="hit-title"><a href="{escape(listing.path)}" lang="{language}">{hit.title}</a></h2>',
        f'<p class="hit-text" lang="{language}">{hit.snippet}</p>',
        _paragraph("hit-why", " ".join(hit.reasons[:MOST_REASONS]), _("Why:")),
        _paragraph("hit-why", " ".join(hit.against[:MOST_REASONS]), _("But:")),
        _status("info", status_of(listing)),
        _status("warn", stale_since(listing)),
    ]
    return mark_safe(f'<li class="hit">{"".join(parts)}</li>')  # noqa: S308 - every part is escaped


def _paragraph(name: str, text: str, before: str = "") -> str:
    if not text:
        return ""
    start = f"<strong>{escape(before)}</strong> " if before else ""
    return f'<p class="{name}">{start}{escape(text)}</p>'


def _status(kind: str, text: str) -> str:
    return f'<span class="status status-{kind}">{escape(text)}</span>' if text else ""


def stale_since(listing: Listing) -> str:
    """That nobody has confirmed it, in words; nothing for what is fresh."""
    if listing.fresh:
        return ""
    if listing.confirmed is None:  # not written anew since the day is kept
        return _("Not confirmed lately")
    return _("Not confirmed since %(day)s") % {"day": date_format(listing.confirmed)}


def kind_of(listing: Listing) -> str:
    """What kind of thing it is, in a word."""
    kind = kind_named(listing.kind)
    return str(kind.label) if kind else ""


def status_of(listing: Listing) -> str:
    """The state of what is sought, the stage of what is offered."""
    kind = kind_named(listing.kind)
    if kind is None:
        return ""
    word = kind.states.get(listing.state) if listing.side == "sought" else kind.stages.get(listing.stage)
    return str(word or "")
