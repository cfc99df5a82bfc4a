"""All addresses. Those of a municipality begin with `<kommune:municipality>/`."""

from django.urls import include, path

import fyrtaarn.areas.addresses  # noqa: F401 - makes `kommune` known

from . import health

urlpatterns = [
    path("livez", health.alive, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("", include("fyrtaarn.operations.urls")),
    path("", include("fyrtaarn.people.urls")),
    path("konto/", include("fyrtaarn.people.account_urls")),
    path("konto/", include("allauth.urls")),
    path("", include("fyrtaarn.foundation.urls")),
    path("", include("fyrtaarn.imports.urls")),
    path("", include("fyrtaarn.privacy.urls")),
    path("", include("fyrtaarn.organisations.urls")),
    path("", include("fyrtaarn.meetings.urls")),
    path("", include("fyrtaarn.agreements.urls")),
    path("", include("fyrtaarn.effects.urls")),
    path("", include("fyrtaarn.vocabulary.urls")),
    path("", include("fyrtaarn.ranking.urls")),
    path("", include("fyrtaarn.pitches.urls")),
    path("", include("fyrtaarn.applications.urls")),
    path("", include("fyrtaarn.grants.urls")),
    path("", include("fyrtaarn.entrance.urls")),
    path("", include("fyrtaarn.listings.urls")),
    path("", include("fyrtaarn.portal.urls")),
    path("", include("fyrtaarn.council.urls")),
    path("", include("fyrtaarn.community.urls")),
    path("", include("fyrtaarn.fieldwork.urls")),
    path("", include("fyrtaarn.assessment.urls")),
    path("", include("fyrtaarn.grants.deciding.urls")),
    path("", include("fyrtaarn.grants.terms.urls")),
    path("", include("fyrtaarn.pools.urls")),
    path("", include("fyrtaarn.api.urls")),
    path("", include("fyrtaarn.site.urls")),
    path("", include("fyrtaarn.areas.urls")),
]
handler400 = "fyrtaarn.site.errors.bad_request"
handler403 = "fyrtaarn.site.errors.forbidden"
handler404 = "fyrtaarn.site.errors.not_found"
handler500 = "fyrtaarn.site.errors.server_error"
