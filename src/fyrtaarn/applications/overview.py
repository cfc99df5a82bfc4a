"""What a person's overview says of applications: those to write on or mend, and those to handle."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import overview
from fyrtaarn.foundation.overview import MOST_IN_A_SECTION, OverviewItem, Section

from .models import ApplicationState
from .queries import open_for


@overview.provider
def open_applications(user: Any) -> Iterable[OverviewItem]:
    """What is to be mended, and drafts by the last day on which they can be sent."""
    for one in open_for(user)[:MOST_IN_A_SECTION]:
        if one.state == ApplicationState.RETURNED:
            yield OverviewItem(Section.WAITING, str(one), one.path, _("The application is sent back to be mended"))
        else:
            yield OverviewItem(Section.MINE, str(one), one.path, _("Draft of an application"), one.call.closes)
