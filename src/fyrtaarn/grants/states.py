"""How a grant, its instalments, reports, changes and demands go on. Every step holds the grant first: see actions."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.transitions import StateMachine, Transition

from . import rules

GRANT_STATES = StateMachine(
    "state",
    Transition("complete", ("active",), "completed", _("Complete the grant"), rules.may_complete),
    Transition("end", ("active",), "ended", _("End the grant early"), rules.may_end, needs_reason=True),
    Transition("fall", ("active",), "ended", _("The decision fell"), rules.may_fall, needs_reason=True),
)
INSTALMENT_STATES = StateMachine(
    "state",
    Transition("ask", ("planned",), "asked", _("Ask for the instalment"), rules.may_ask),
    Transition("send_back", ("asked",), "planned", _("Ask for more"), rules.may_look_at, needs_reason=True),
    Transition("approve", ("planned", "asked"), "approved", _("Approve for payment"), rules.may_approve),
    Transition(
        "take_back",
        ("approved",),
        "planned",
        _("Take the approval back"),
        rules.may_take_approval_back,
        needs_reason=True,
    ),
    Transition("pay", ("approved",), "paid", _("Note as paid"), rules.may_settle),
    Transition("fail", ("paid",), "approved", _("The payment came back"), rules.may_settle, needs_reason=True),
    Transition("drop", ("planned", "asked"), "dropped", _("Drop the instalment"), rules.may_look_at, needs_reason=True),
)
REPORT_STATES = StateMachine(
    "state",
    Transition("send", ("due", "returned"), "sent", _("Send the report"), rules.may_report),
    Transition("send_back", ("sent",), "returned", _("Send it back"), rules.may_read_report, needs_reason=True),
    Transition("approve", ("sent",), "approved", _("Approve the report"), rules.may_read_report),
)
CHANGE_STATES = StateMachine(
    "state",
    Transition("agree", ("asked",), "agreed", _("Say yes"), rules.may_answer_change),
    Transition("decline", ("asked",), "declined", _("Say no"), rules.may_answer_change, needs_reason=True),
    Transition("withdraw", ("asked",), "withdrawn", _("Take it back"), rules.may_withdraw_change),
)
DEMAND_STATES = StateMachine(
    "state",
    Transition("pay", ("asked",), "paid", _("Note as paid back"), rules.may_settle_demand),
    Transition("waive", ("asked",), "waived", _("Waive it"), rules.may_settle_demand, needs_reason=True),
)
