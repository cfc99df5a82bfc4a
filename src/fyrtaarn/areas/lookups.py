"""Municipalities and their parts found by any of their names."""

from fyrtaarn.foundation.importing import Lookup

from .models import Department, District, Municipality


def municipalities() -> Lookup[Municipality]:
    """All municipalities, with or without the word after the name."""
    return Lookup(
        (place, place.label, [place.name, place.name_en, place.slug, place.code, f"{place.name} Kommune"])
        for place in Municipality.objects.all()
    )


def departments(municipality: Municipality) -> Lookup[Department]:
    """The municipality's departments of today, also by former names and abbreviations."""
    return Lookup(
        (d, d.label, [d.name, d.name_en, d.abbreviation, d.formerly, d.slug])
        for d in Department.objects.current().filter(municipality=municipality)
    )


def districts(municipality: Municipality) -> Lookup[District]:
    """The municipality's districts."""
    return Lookup((d, d.name, [d.slug]) for d in District.objects.filter(municipality=municipality))
