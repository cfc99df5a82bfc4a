"""What somebody wants the council to talk about."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked

from .members import Council


class AgendaProposalState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waiting for the e-mail address to be confirmed")
    WAITING = "waiting", _("Waiting for the secretary")
    ACCEPTED = "accepted", _("On an agenda")
    DECLINED = "declined", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Taken back")


def new_token() -> str:
    """What a letter about the proposal is known by."""
    return secrets.token_urlsafe(32)


@tracked(exclude=("token",))
class AgendaProposal(models.Model):
    """A proposal from a member or anybody else: of one with an account, or of one who confirms an e-mail address.

    Who holds the token (it is in the mails to her) follows the proposal without an account.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what should the council talk about, and why?"))
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("your name"), max_length=150, blank=True)
    email = models.EmailField(_("your e-mail address"), blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="da")
    show_name = models.BooleanField(_("show my name on the agenda"), default=False)
    state = models.CharField(
        max_length=12, choices=AgendaProposalState.choices, default=AgendaProposalState.UNCONFIRMED
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created = models.DateTimeField(default=clock.now)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(proposer__isnull=False) | ~Q(email=""), name="agenda_proposal_is_from_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "declined")) | Q(decided__isnull=False),
                name="decided_agenda_proposal_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def from_whom(self) -> str:
        """Who made it, for those who may know."""
        return str(self.proposer) if self.proposer else self.name
