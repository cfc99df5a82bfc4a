"""The way from an operator's overview to the page of how the installation stands."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.overview import OverviewItem, Section, provider
from fyrtaarn.people.models import User

from .queries import failed_jobs
from .rules import may_operate


@provider
def installation(user: User) -> Iterator[OverviewItem]:
    """Work that has failed waits for her; the page itself is always hers."""
    if not may_operate(user):
        return
    path = reverse("operations:standing")
    if failed_jobs().exists():
        yield OverviewItem(Section.WAITING, str(_("Background work has failed")), path, _("Look and try again"))
    yield OverviewItem(Section.MINE, str(_("How the installation stands")), path)
