"""Pages of administrators, community managers and those whom they introduce."""

from . import answers, appointments, districts, fits, introductions, notes

__all__ = ["answers", "appointments", "districts", "fits", "introductions", "notes"]
