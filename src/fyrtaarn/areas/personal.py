"""Municipalities and what lies within them: nothing of people."""

from fyrtaarn.foundation.personal_data import holds_nothing

from .models import Department, District, LocalBody, Municipality

holds_nothing(
    Municipality,
    *("name", "sort_key", "code", "slug", "name_en", "region_code", "region", "accent", "welcome_da", "welcome_en"),
    *("contact_email", "contact_phone"),
)
holds_nothing(
    Department,
    *("name", "sort_key", "slug", "name_en", "abbreviation", "formerly", "committee", "what_da", "what_en", "note"),
)
holds_nothing(District, "name", "sort_key", "slug")
holds_nothing(LocalBody, "name", "sort_key", "slug")
