"""A public search as an Atom feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_tags
from django.utils.translation import get_language

from .pages import OverviewPage


def feed_response(request: HttpRequest, page: OverviewPage) -> HttpResponse:
    """The newest of a search that everybody may see; whoever is signed in gets no more."""
    feed = Atom1Feed(
        title=f"Fyrtårn: {page.suggested_name}",
        link=settings.PUBLIC_URL + page.unfiltered_url,
        description=str(page.overview.lead),
        language=get_language(),
        feed_url=settings.PUBLIC_URL + request.get_full_path(),
    )
    for hit in page.results.hits:
        listing = hit.listing
        feed.add_item(
            title=listing.title,
            link=settings.PUBLIC_URL + listing.path,
            unique_id=f"{settings.PUBLIC_URL}/opslag/{listing.pk}",
            description=strip_tags(hit.snippet),
            author_name=listing.organisation.name if listing.organisation else listing.municipality.label,
            pubdate=listing.published,
            updateddate=listing.updated,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
