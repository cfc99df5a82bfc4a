"""What people do in the council: each write is one function in one transaction."""

from .advice import (
    answer_advice,
    change_advice,
    draft_advice,
    give_advice,
    hand_over_advice,
    link_listing,
    tell_progress,
    unlink_listing,
)
from .meetings import (
    add_item,
    call_meeting,
    cancel_meeting,
    change_item,
    change_meeting,
    move_item_up,
    plan_meeting,
    remove_item,
    remove_paper,
)
from .members import abolish_seat, add_seat, change_council, end_term, found_council, seat_member
from .minutes import answer_minutes, write_minutes
from .proposals import accept_proposal, confirm_proposal, decline_proposal, propose, withdraw_proposal

__all__ = [
    "abolish_seat",
    "accept_proposal",
    "add_item",
    "add_seat",
    "answer_advice",
    "answer_minutes",
    "call_meeting",
    "cancel_meeting",
    "change_advice",
    "change_council",
    "change_item",
    "change_meeting",
    "confirm_proposal",
    "decline_proposal",
    "draft_advice",
    "end_term",
    "found_council",
    "give_advice",
    "hand_over_advice",
    "link_listing",
    "move_item_up",
    "plan_meeting",
    "propose",
    "remove_item",
    "remove_paper",
    "seat_member",
    "tell_progress",
    "unlink_listing",
    "withdraw_proposal",
    "write_minutes",
]
