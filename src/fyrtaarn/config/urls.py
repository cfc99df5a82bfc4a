"""All addresses. Rooms under a municipality come last, because they begin with its name."""

from django.urls import include, path

from . import health

urlpatterns = [
    path("livez", health.alive),
    path("readyz", health.ready),
    path("konto/", include("allauth.urls")),
    path("", include("fyrtaarn.site.urls")),
]
handler400 = "fyrtaarn.site.errors.bad_request"
handler403 = "fyrtaarn.site.errors.forbidden"
handler404 = "fyrtaarn.site.errors.not_found"
handler500 = "fyrtaarn.site.errors.server_error"
