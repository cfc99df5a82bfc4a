"""What is known of decisions from the start: notices, jobs, the overview, who opens a letter, and the way from the board."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment.onwards import Link, onward
from fyrtaarn.foundation.files import register_file_rule
from fyrtaarn.people.models import User

from ..models import Decision
from . import jobs, notices, overview, queries, rules  # noqa: F401 - each registers what it declares

register_file_rule(Decision, rules.may_see)


@onward
def decision(user: User, application: Application) -> Iterable[Link]:
    """To the decision on an application, or to its draft."""
    here = application.municipality.slug
    current = queries.current_on(application)
    if current is not None and rules.may_see(user, current):
        yield _("The decision"), reverse("decisions:decision", args=[here, current.pk])
    elif current is None and rules.may_draft(user, application):
        yield _("Draft the decision"), reverse("decisions:new", args=[here, application.pk])
