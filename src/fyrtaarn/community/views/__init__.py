"""Pages of administrators, community managers and those whom they introduce."""

from . import answers, appointments, introductions

__all__ = ["answers", "appointments", "introductions"]
