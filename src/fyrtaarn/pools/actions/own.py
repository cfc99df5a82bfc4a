"""What those who give say themselves: that what was noted is right, and that they have paid."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import Confirmation, Contribution, ContributionPart, SentPayment


@transaction.atomic
def confirm(user: User, contribution: Contribution, version: int) -> Confirmation:
    """Say that the department gives this. Raises Refused where it has been corrected since she read `version` of it."""
    require(rules.may_confirm(user, contribution))
    if contribution.version != version:
        raise Refused(_("It has been corrected in the meantime. Read it again, and confirm it then."))
    try:
        with transaction.atomic():
            made = Confirmation.objects.create(contribution=contribution, of_version=version, by=user)
    except IntegrityError as twice:
        raise Refused(_("It has been confirmed already.")) from twice
    notices.tell_confirmed(contribution)
    return made


@transaction.atomic
def say_paid(user: User, part: ContributionPart, day: date, reference: str) -> SentPayment:
    """Say that the department has paid; the fund managers note it once it has come. Raises Refused when it is said already."""
    require(rules.may_say_paid(user, part))
    try:
        with transaction.atomic():
            made = SentPayment.objects.create(part=part, day=day, reference=reference, by=user)
    except IntegrityError as twice:
        raise Refused(_("It has been told already. Take that back first if it was wrong.")) from twice
    notices.tell_said_paid(made)
    return made


@transaction.atomic
def take_word_back(user: User, part: ContributionPart) -> None:
    """It has not been paid after all."""
    require(rules.may_say_paid(user, part))
    SentPayment.objects.filter(part=part).delete()
