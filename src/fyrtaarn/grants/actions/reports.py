"""Reports: written by the recipient with what was used and what came of it, read by the fund manager."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation import clock
from fyrtaarn.foundation.holding import hold
from fyrtaarn.foundation.rules import Refused, require
from fyrtaarn.foundation.versions import claim_version
from fyrtaarn.people.models import User

from .. import notices, rules
from ..models import GoalResult, Report, Spent
from ..states import REPORT_STATES
from .grants import complete_if_done, held_grant

REPORT_FIELDS = ("text", "worse", "experience", "shared")


@transaction.atomic
def write(
    user: User,
    report: Report,
    fields: Mapping[str, Any],
    spent: Mapping[int, int],
    results: Mapping[int, str],
    version: int,
) -> Report:
    """Save a report that is not sent yet: `spent` is øre by budget line, `results` words by effect goal.

    Raises Conflict when somebody else of the team has saved since `version`.
    """
    grant = held_grant(report.grant)
    current = claim_version(report, version)
    current.grant = grant
    require(rules.may_write_report(user, current))
    for name in REPORT_FIELDS:
        setattr(current, name, fields[name])
    current.save(update_fields=[*REPORT_FIELDS, "version"])
    application = grant.decision.application
    for line in application.lines.filter(pk__in=spent):
        Spent.objects.update_or_create(report=current, line=line, defaults={"oere": spent[line.pk]})
    for goal in application.goals.filter(pk__in=results):
        GoalResult.objects.update_or_create(report=current, goal=goal, defaults={"text": results[goal.pk]})
    return current


@transaction.atomic
def send(user: User, report: Report) -> Report:
    """Send a report; the last one also says what others can learn."""
    held = _held(report)
    require(rules.may_report(user, held))
    if not held.text.strip() or (held.final and not held.experience.strip()):
        raise Refused(_("Write how it went, and what others can learn from it, before you send the report."))
    held.sent, held.sent_by = clock.now(), user
    held.save(update_fields=["sent", "sent_by"])
    sent = REPORT_STATES.perform("send", held, by=user)
    notices.tell_report("report_sent", held, user)
    return sent


@transaction.atomic
def send_back(user: User, report: Report, reason: str) -> Report:
    """Send a report back to be mended."""
    held = _held(report)
    back = REPORT_STATES.perform("send_back", held, by=user, reason=reason)
    back.returned_because = reason.strip()
    back.save(update_fields=["returned_because"])
    notices.tell_report("report_returned", held, user, reason)
    return back


@transaction.atomic
def approve(user: User, report: Report, *, share: bool) -> Report:
    """Approve a report. What was learned is shown to everybody where the recipient wants it and so does `share`."""
    held = _held(report)
    approved = REPORT_STATES.perform("approve", held, by=user)
    approved.approved, approved.approved_by = clock.now(), user
    approved.save(update_fields=["approved", "approved_by"])
    if held.final and share and held.shared:
        held.grant.experience = held.experience
        held.grant.save(update_fields=["experience"])
    notices.tell_report("report_approved", held, user)
    complete_if_done(user, held.grant)
    return approved


def _held(report: Report) -> Report:
    grant = held_grant(report.grant)
    held = hold(Report.objects.all(), report.pk)
    held.grant = grant
    return held
