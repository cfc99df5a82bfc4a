"""What people are told about the shared words."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.models import Rhythm
from fyrtaarn.foundation.notices import NoticeKind, register

PROPOSED = "vocabulary.proposed"
ANSWERED = "vocabulary.answered"
CAME_WITH_PRODUCT = "vocabulary.came_with_product"
GROUP = _("Shared words")

register(NoticeKind(PROPOSED, _("A municipality proposes a change of the shared words"), GROUP, Rhythm.DAILY))
register(NoticeKind(ANSWERED, _("Your proposal for the shared words has been answered"), GROUP))
register(NoticeKind(CAME_WITH_PRODUCT, _("A new release of the product brings other words"), GROUP))
