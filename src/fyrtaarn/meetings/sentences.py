"""Polite sentences for those who do not know how to say no, and the other words that differ by step."""

from django.utils.translation import gettext_lazy as _

REFUSALS = (
    _("Thank you for thinking of us. We have no room for more at present, but please ask again another time."),
    _("Thank you for writing. We have looked at it, and it does not fit what we need this time."),
    _("Thank you for your interest. We have already chosen another solution, and we wish you good luck."),
)
CLOSINGS = (
    _("Thank you for a good talk. We stop here for now, and you are welcome to write again."),
    _("Thank you for your time. We have chosen to go on with another solution."),
    _("Thank you for the dialogue. The need has changed, so we close it here."),
)
