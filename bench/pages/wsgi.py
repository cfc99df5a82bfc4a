"""The product as it is served, with the plain pages beside it."""

from django.conf import settings

from fyrtaarn.config.wsgi import application

settings.ROOT_URLCONF = "bench.pages.plain"
__all__ = ["application"]
