"""What is known of terms over several years from the start: notices, what a draft lacks, and the way from the agreement."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements.models import Agreement, AgreementKind
from fyrtaarn.agreements.onwards import Link, onward
from fyrtaarn.people.models import User

from . import notices, rules  # noqa: F401 - each registers what it declares


@onward
def terms(user: User, agreement: Agreement) -> Iterable[Link]:
    """To the terms of an agreement that has such."""
    if agreement.kind == AgreementKind.TERMS:
        yield _("Terms over several years"), notices.path_of(agreement)
