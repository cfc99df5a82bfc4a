"""Who may do what with challenges and solutions."""

from .challenges import (
    departments_edited,
    leads,
    may_choose_department,
    may_create_challenge,
    may_delete_challenge,
    may_edit_challenge,
    may_invite_for,
    may_leave_challenge,
    may_publish_challenge,
    may_see_challenge,
    may_take_back_challenge,
    missing_in,
)
from .solutions import (
    may_confirm_solution,
    may_delete_solution,
    may_edit_solution,
    may_offer_for,
    may_publish_solution,
    may_see_solution,
    missing_in_solution,
)

__all__ = [
    "departments_edited",
    "leads",
    "may_choose_department",
    "may_confirm_solution",
    "may_create_challenge",
    "may_delete_challenge",
    "may_delete_solution",
    "may_edit_challenge",
    "may_edit_solution",
    "may_invite_for",
    "may_leave_challenge",
    "may_offer_for",
    "may_publish_challenge",
    "may_publish_solution",
    "may_see_challenge",
    "may_see_solution",
    "may_take_back_challenge",
    "missing_in",
    "missing_in_solution",
]
