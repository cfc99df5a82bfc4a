"""What people do with challenges and solutions. Each function is one transaction."""

from .challenges import (
    add_challenge,
    change_challenge,
    delete_challenge,
    end_challenge,
    leave_challenge,
    publish_challenge,
    restore_challenge,
    step_challenge,
)
from .drafts import remove_deleted_drafts
from .solutions import (
    add_solution,
    change_solution,
    confirm_solution,
    copy_solution,
    delete_solution,
    publish_solution,
    remind_of_solutions,
    restore_solution,
    withdraw_solution,
)

__all__ = [
    "add_challenge",
    "add_solution",
    "change_challenge",
    "change_solution",
    "confirm_solution",
    "copy_solution",
    "delete_challenge",
    "delete_solution",
    "end_challenge",
    "leave_challenge",
    "publish_challenge",
    "publish_solution",
    "remind_of_solutions",
    "remove_deleted_drafts",
    "restore_challenge",
    "restore_solution",
    "step_challenge",
    "withdraw_solution",
]
