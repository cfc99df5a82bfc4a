"""What a community manager keeps for herself, and what she has set aside of what the search suggests."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.versions import Versioned
from fyrtaarn.listings.models import Listing


class Note(Versioned):
    """What one person wants to remember of her district, often of somebody she has met: hers alone, without a history."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("who or what is it about?"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    text = models.TextField(_("note"), max_length=5000, blank=True)
    follow_up = models.DateField(_("remind me on"), null=True, blank=True)
    changed = models.DateTimeField(default=clock.now)
    draft_key = models.UUIDField(unique=True, editable=False)  # one note a form, however often sent

    class Meta:
        ordering = ("-changed", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_due(self) -> bool:
        return self.follow_up is not None and self.follow_up <= clock.today()


class SetAside(models.Model):
    """Two listings that fit each other by the search, and that the community manager will not introduce for now."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="set_aside")
    sought = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    offered = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "set aside"
        constraints = [
            models.UniqueConstraint(fields=("district", "sought", "offered"), name="pair_set_aside_once"),
        ]
