"""An introduction: who is brought together, what each is told of it, and what each says."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement
from fyrtaarn.areas.models import Department, District
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.history import tracked
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.organisations.models import Organisation


class IntroductionState(models.TextChoices):
    DRAFT = "draft", _("Not sent yet")
    PROPOSED = "proposed", _("Waiting for answers")
    ACCEPTED = "accepted", _("All have said yes")
    MET = "met", _("They have met")
    CONCLUDED = "concluded", _("Finished")
    WITHDRAWN = "withdrawn", _("Did not come about")
    EXPIRED = "expired", _("Not answered in time")


OPEN_STATES = (IntroductionState.DRAFT, IntroductionState.PROPOSED, IntroductionState.ACCEPTED, IntroductionState.MET)
KNOWN_STATES = (IntroductionState.ACCEPTED, IntroductionState.MET, IntroductionState.CONCLUDED)
"""States in which the parties know each other."""
CLOSED_STATES = (IntroductionState.CONCLUDED, IntroductionState.WITHDRAWN, IntroductionState.EXPIRED)


class Outcome(models.TextChoices):
    AGREEMENT = "agreement", _("An agreement")
    GOING_ON = "going_on", _("They go on by themselves")
    NOTHING = "nothing", _("Nothing this time")


@tracked()
class Introduction(models.Model):
    """Two or more who may have something to give each other, brought together by a district's community manager.

    Until all have said yes nobody is told what another has answered: what one party says is in her Asking alone, and a
    no changes nothing here. Begun from a match, it points to what is sought and what is offered.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="introductions")
    title = models.CharField(_("what is it about?"), max_length=150)
    sought = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, related_name="+")
    offered = models.ForeignKey(Listing, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=IntroductionState.choices, default=IntroductionState.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(default=clock.now)
    proposed = models.DateTimeField(null=True)
    expires = models.DateField(null=True)  # the first day on which it is too late to answer
    accepted = models.DateTimeField(null=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")  # their dialogue
    met_on = models.DateField(_("when did they meet?"), null=True, blank=True)
    outcome = models.CharField(_("what came of it?"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.TextField(_("in a few words"), max_length=2000, blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    follow_up = models.DateField(_("follow up on"), null=True, blank=True)
    closed = models.DateTimeField(null=True)
    draft_key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # one draft a form, however often sent

    class Meta:
        ordering = ("-created", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(proposed__isnull=False, expires__isnull=False),
                name="sent_introduction_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "met", "concluded")) | Q(accepted__isnull=False),
                name="known_introduction_was_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(met_on__isnull=False), name="those_who_met_have_met_on"
            ),
            models.CheckConstraint(
                condition=~Q(state="concluded") | ~Q(outcome=""), name="concluded_introduction_has_outcome"
            ),
            models.CheckConstraint(
                condition=Q(agreement=None) | Q(outcome="agreement"), name="agreement_is_the_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("concluded", "withdrawn", "expired")) | Q(closed__isnull=False),
                name="closed_introduction_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_known(self) -> bool:
        """Whether the parties know each other."""
        return self.state in KNOWN_STATES


@tracked()
class IntroducedParty(models.Model):
    """A department, an organisation or a person in an introduction."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="parties")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=False, organisation=None, person=None)
                | Q(department=None, organisation__isnull=False, person=None)
                | Q(department=None, organisation=None, person__isnull=False),
                name="introduced_party_is_one_thing",
            ),
            *(
                models.UniqueConstraint(fields=("introduction", part), name=f"{part}_introduced_once")
                for part in ("department", "organisation", "person")
            ),
        ]

    def __str__(self) -> str:
        return str(self.department.label if self.department else self.organisation or self.person)


class Answer(models.TextChoices):
    YES = "yes", _("Yes, please")
    LATER = "later", _("Ask me later")
    NO = "no", _("No, thank you")


@tracked()
class Asking(models.Model):
    """What one party is told of an introduction, and what it says: for that party and community managers alone."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="askings")
    party = models.OneToOneField(IntroducedParty, on_delete=models.CASCADE, related_name="asking")
    reason = models.TextField(_("why?"), max_length=2000)
    answer = models.CharField(max_length=5, choices=Answer.choices, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    shares_contact = models.BooleanField(default=False)  # the others may see the answerer's name and e-mail address

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered=None, answered_by=None)
                | (~Q(answer="") & Q(answered__isnull=False, answered_by__isnull=False)),
                name="answer_has_answerer",
            ),
            models.CheckConstraint(
                condition=Q(shares_contact=False) | Q(answer="yes"), name="only_a_yes_shares_contact"
            ),
            models.UniqueConstraint(
                fields=("introduction", "answered_by"), condition=Q(answer="yes"), name="one_yes_a_person"
            ),
        ]


def new_token() -> str:
    return secrets.token_urlsafe(32)


class AskingLetter(models.Model):
    """A letter by which one person answers for a party without signing in, as long as the answer is open."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("asking", "person"), name="one_letter_a_person")]
