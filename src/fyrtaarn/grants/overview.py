"""What a person's overview says of her organisations' grants."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import OverviewItem, Section
from fyrtaarn.organisations.rules import memberships_of

from .models import GrantState, Report, ReportState
from .notices import path_of

MOST_SHOWN = 12


@overview.provider
def reports(user: Any) -> Iterable[OverviewItem]:
    """Reports that her organisations are to write."""
    teams = [membership.organisation_id for membership in memberships_of(user)]
    if not teams:
        return
    unwritten = Report.objects.filter(
        grant__organisation__in=teams,
        grant__state=GrantState.ACTIVE,
        state__in=(ReportState.DUE, ReportState.RETURNED),
    ).select_related("grant")
    for report in unwritten.order_by("due", "pk")[:MOST_SHOWN]:
        yield OverviewItem(
            Section.DEADLINES, report.grant.title, path_of(report.grant), why=_("Report on a grant"), due=report.due
        )
