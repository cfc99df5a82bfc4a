"""What a person's overview says of grants: what her organisations are to do, and what waits for who looks after them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section

from .notices import path_of
from .queries import with_something_to_do


@overview.provider
def grants(user: Any) -> Iterable[OverviewItem]:
    """Reports to write and money to pay back by their days; what recipients ask and send. One statement at most."""
    for grant in with_something_to_do(user)[:MOST_IN_A_SECTION]:
        path = path_of(grant)
        if grant.for_recipient:
            if grant.report_due:
                yield OverviewItem(Section.DEADLINES, grant.title, path, _("Report on a grant"), grant.report_due)
            if grant.back_due:
                yield OverviewItem(Section.DEADLINES, grant.title, path, _("Money to be paid back"), grant.back_due)
        elif grant.report_sent:
            yield OverviewItem(Section.WAITING, grant.title, path, _("A report waits to be read"))
        else:
            yield OverviewItem(Section.WAITING, grant.title, path, _("The recipient waits for an answer"))
