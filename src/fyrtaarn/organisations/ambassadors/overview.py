"""What a person's overview says of being an ambassador."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock, overview
from fyrtaarn.foundation.overview import OverviewItem, Section
from fyrtaarn.people.reading import read_with_person

from ..models import AmbassadorState
from .actions import CONFIRM_AFTER
from .notices import own_path
from .queries import AMBASSADORSHIPS, mine, own_of


@overview.provider
def ambassadorships(user: Any) -> Iterable[OverviewItem]:
    """Where she is asked, where she should say that it still holds, and where she is one."""
    for one in mine(user):
        if one.state == AmbassadorState.ASKED:
            yield OverviewItem(
                Section.WAITING, one.department.label, own_path(one), _("You are asked to be ambassador")
            )
        elif one.confirmed and one.confirmed <= clock.today() - CONFIRM_AFTER:
            yield OverviewItem(Section.WAITING, one.department.label, own_path(one), _("Are you still ambassador?"))
        else:
            yield OverviewItem(
                Section.MINE, one.department.label, own_path(one), _("You are ambassador for social economy")
            )


read_with_person("read_ambassadorships", lambda: AMBASSADORSHIPS.of(own_of(OuterRef("pk"))))
