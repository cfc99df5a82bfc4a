"""What a local committee has asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.areas.models import LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked


class WishState(models.TextChoices):
    ASKED = "asked", _("Nobody has taken it up yet")
    TAKEN = "taken", _("Somebody works on it")
    FULFILLED = "fulfilled", _("Fulfilled")
    DROPPED = "dropped", _("Came to nothing")


@tracked()
class Wish(models.Model):
    """What a local committee has asked for, who took it up and what became of it: public from the first day."""

    local_body = models.ForeignKey(
        LocalBody, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("who has asked?")
    )
    title = models.CharField(_("what have they asked for?"), max_length=150)
    text = models.TextField(_("in a few words"), max_length=2000, blank=True)
    asked_on = models.DateField(_("when?"), default=clock.today)
    source = models.URLField(_("link to the minutes"), blank=True)
    state = models.CharField(_("how far is it?"), max_length=10, choices=WishState.choices, default=WishState.ASKED)
    taken_by = models.CharField(_("who has taken it up?"), max_length=200, blank=True)
    became = models.TextField(_("what became of it?"), max_length=2000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-asked_on", "-pk")
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(condition=~Q(state="taken") | ~Q(taken_by=""), name="taken_wish_has_taker"),
            models.CheckConstraint(
                condition=~Q(state__in=("fulfilled", "dropped")) | ~Q(became=""), name="settled_wish_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title
