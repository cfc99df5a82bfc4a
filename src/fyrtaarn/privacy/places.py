"""Where this room shows other people's data."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.viewing import register_place

SEARCH = register_place("privacy.search", _("you in the search for parties, to answer a request for access"))
REGISTER = register_place("privacy.register", _("an answer to a request for access, with what the municipality has"))
