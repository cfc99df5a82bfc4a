"""The record of processing that GDPR article 30 asks for, made from what the rooms declare."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fyrtaarn.foundation.personal_data import HOLDINGS, Holding


def headings() -> list[str]:
    """The columns, in the active language."""
    return [
        _("Data"), _("Purpose"), _("Legal ground"), _("Whose"), _("Who sees it"), _("How long"),
        _("What becomes of it afterwards"),
    ]  # fmt: skip


def rows() -> Iterator[list[str]]:
    """One row a kind of data, in the order of the rooms."""
    for holding in HOLDINGS.values():
        yield [
            str(holding.what), str(holding.why), str(holding.ground.label), str(holding.whose),
            str(holding.seen_by) or _("The person alone"), str(holding.kept), _afterwards(holding),
        ]  # fmt: skip


def _afterwards(holding: Holding) -> str:
    if holding.retention is None:
        return _("Goes with the account") if holding.erase else str(holding.stays) or _("Goes with what it belongs to")
    what = _("Deleted") if holding.retention.delete else _("Made anonymous")
    return f"{what}; {_('once the archive has it or has said yes')}" if holding.retention.municipality else what
