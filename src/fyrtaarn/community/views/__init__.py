"""Pages of administrators, community managers and those whom they introduce."""

from . import answers, appointments, districts, introductions

__all__ = ["answers", "appointments", "districts", "introductions"]
