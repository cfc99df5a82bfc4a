"""The preview is a section of the search room."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.vocabulary.sections import Part, register

register(Part(_("Try and publish"), "ranking:preview", 50))
