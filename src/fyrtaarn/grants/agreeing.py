"""The agreement on a grant: the application was the organisation's yes, the decision the municipality's.

It is made with the grant and both sides see it. Its period moves with the grant's, and it is closed with the grant; that
the worker sees to, because who looks after the grant need not be a party.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fyrtaarn.agreements import following
from fyrtaarn.agreements.following import Yes
from fyrtaarn.agreements.models import Agreement, AgreementKind, AgreementState
from fyrtaarn.agreements.onwards import Link, onward
from fyrtaarn.areas.models import Department
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.transitions import steps_of
from fyrtaarn.people.models import User

from .models import AnswerState, Decision, Grant, GrantState
from .notices import path_of


def agree_on(grant: Grant, decision: Decision, by: User) -> Agreement | None:
    """Make the agreement on a grant that is just decided; None where no department gives or asks for it."""
    application, department = decision.application, _department_of(decision, by)
    if department is None:
        return None
    goals = [f"{goal.text}: {goal.target}" if goal.target else goal.text for goal in application.goals.all()]
    terms = {
        "title": grant.title,
        "goal": application.what,
        "promised_effect": "\n".join(goals),
        "starts": grant.starts,
        "ends": grant.ends,
    }
    sender = application.sent_by or application.contact
    yeses = [Yes(department, by, clock.now()), Yes(grant.organisation, sender, application.sent or clock.now())]
    return following.record(by, grant.municipality, terms, yeses)


@transaction.atomic
def bring_up_to_date(grant_id: int) -> None:
    """Let the agreement end when its grant does, and close it with what the last report says was learned."""
    grant = Grant.objects.select_related("agreement").filter(pk=grant_id, agreement__isnull=False).first()
    if grant is None or grant.agreement is None:
        return
    if grant.state == GrantState.ACTIVE:
        _move_end(grant, grant.agreement)
        return
    report = grant.reports.filter(final=True).exclude(sent=None).first()
    worked, worse, next_time = (report.text, report.worse, report.experience) if report else ("", "", "")
    last = steps_of(grant).filter(name="end").last()
    experience = {
        "worked": worked,
        "did_not_work": "\n".join(filter(None, (worse, last.reason if last else ""))),
        "next_time": next_time,
    }
    completed = grant.state == GrantState.COMPLETED
    following.close(grant.agreement, AgreementState.COMPLETED if completed else AgreementState.ENDED, experience)


def _move_end(grant: Grant, agreement: Agreement) -> None:
    agreed = grant.changes.filter(state=AnswerState.AGREED, answered_by__isnull=False)
    change = agreed.select_related("by", "answered_by").order_by("-answered").first()
    if change is None or change.answered_by is None or change.answered is None:
        return
    yeses = {"organisation": (change.by, change.at), "department": (change.answered_by, change.answered)}
    said = [
        Yes(party.department, *yeses["department"])
        if party.department is not None
        else Yes(grant.organisation, *yeses["organisation"])
        for party in agreement.parties.select_related("department").order_by("pk")
    ]
    following.move_end(agreement, {"ends": grant.ends}, change.text, said, change.answered_by)


def _department_of(decision: Decision, by: User) -> Department | None:
    """The one whose challenge it is about, else one that feeds the pool, else that of who decides."""
    application = decision.application
    if application.challenge is not None:
        return application.challenge.department
    pool = application.call.pool
    feeding = pool.contributors.filter(department__isnull=False, left=None).select_related("department").order_by("pk")
    giver = feeding.first()
    if giver is not None:
        return giver.department
    here = [role for role in by.current_roles if role.municipality_id == pool.municipality_id and role.department_id]
    return here[0].department if here else None


@onward
def grant_of(user: User, agreement: Agreement) -> Iterable[Link]:
    """From an agreement on a grant to the grant."""
    if agreement.kind == AgreementKind.GRANT and (grant := Grant.objects.filter(agreement=agreement).first()):
        yield _("The grant"), path_of(grant)
