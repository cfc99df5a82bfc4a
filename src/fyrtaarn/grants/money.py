"""What grants post in the books of their pools. Texts of entries are Danish: the books are the municipality's own.

A grant has one account for what is committed, one for what is approved for payment and one for what is claimed back,
all under its own key, so that the way of its money can be followed.
"""

from fyrtaarn.ledger import actions as ledger
from fyrtaarn.ledger import movements
from fyrtaarn.ledger.models import Reason
from fyrtaarn.ledger.movements import Lines
from fyrtaarn.ledger.queries import balance_of
from fyrtaarn.people.models import User

from .models import Demand, Grant, Instalment


def commit(grant: Grant, by: User) -> None:
    """Take what is granted from the call's money, and from what is free where that is not enough.

    Raises NotEnough when the pool has less.
    """
    book, key, call = grant.pool.book, grant.account_key, grant.decision.application.call
    ledger.open_grant(book, key, grant.title, grant.organisation)
    ledger.open_recipient(book, key, str(grant.organisation), grant.organisation)
    ledger.open_round(book, call.key, call.title)
    of_call = min(grant.oere, balance_of(book, movements.round_(call.key)))
    document = f"Afgørelse {grant.decision_id}"
    if of_call:
        lines = movements.granted(key, of_call, round_key=call.key)
        _post(grant, lines, Reason.GRANTED, "Bevilget", by, document)
    if of_call < grant.oere:
        _post(grant, movements.granted(key, grant.oere - of_call), Reason.GRANTED, "Bevilget", by, document)


def approve(instalment: Instalment, by: User) -> None:
    grant, key = instalment.grant, instalment.grant.account_key
    text = f"Rate {instalment.number} godkendt til udbetaling"
    _post(grant, movements.approved(key, key, instalment.oere), Reason.APPROVED, text, by)


def take_approval_back(instalment: Instalment, by: User) -> None:
    grant, key = instalment.grant, instalment.grant.account_key
    text = f"Godkendelse af rate {instalment.number} taget tilbage"
    _post(grant, movements.approval_withdrawn(key, key, instalment.oere), Reason.APPROVAL_WITHDRAWN, text, by)


def pay(instalment: Instalment, by: User) -> None:
    grant, key = instalment.grant, instalment.grant.account_key
    text = f"Rate {instalment.number} betalt {instalment.paid:%d.%m.%Y}"
    _post(grant, movements.paid_out(key, instalment.oere), Reason.PAID_OUT, text, by, instalment.reference)


def payment_failed(instalment: Instalment, why: str, by: User) -> None:
    grant, key = instalment.grant, instalment.grant.account_key
    text = f"Rate {instalment.number} kom retur: {why}"
    _post(grant, movements.payment_failed(key, instalment.oere), Reason.PAYMENT_FAILED, text, by, instalment.reference)


def release_rest(grant: Grant, by: User) -> int:
    """Let what is committed and will not be used be free again; returns øre."""
    left = balance_of(grant.pool.book, movements.grant(grant.account_key))
    if left:
        lines = movements.grant_closed(grant.account_key, left)
        _post(grant, lines, Reason.GRANT_CLOSED, "Resten af bevillingen er fri igen", by)
    return left


def claim(demand: Demand, by: User) -> None:
    lines = movements.claimed(demand.grant.account_key, demand.oere)
    _post(demand.grant, lines, Reason.CLAIMED, f"Krævet tilbage: {demand.reason}", by)


def claim_paid(demand: Demand, by: User) -> None:
    lines = movements.claim_paid(demand.grant.account_key, demand.oere)
    _post(demand.grant, lines, Reason.CLAIM_PAID, "Betalt tilbage", by, demand.reference)


def claim_waived(demand: Demand, by: User) -> None:
    lines = movements.claim_waived(demand.grant.account_key, demand.oere)
    _post(demand.grant, lines, Reason.CLAIM_WAIVED, f"Eftergivet: {demand.waived_because}", by)


def _post(grant: Grant, lines: Lines, reason: Reason, what: str, by: User, document: str = "") -> None:
    text = f"{what}: {grant.title} ({grant.organisation})"
    ledger.post(grant.pool.book, lines, reason=reason, text=text, by=by, document=document)
