"""The pitches that an organisation shows on its page."""

from fyrtaarn.organisations.profile import Section, register

from .queries import shown_by

register(Section("pitches/profile.html", shown_by))
