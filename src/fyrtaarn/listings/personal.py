"""What search holds of people."""

from django.utils.translation import gettext_lazy as _

from fyrtaarn.foundation.personal_data import Fate, Ground, Holding, declare, holds_nothing

from .models import Bits, Listing, SavedSearch, SavedSearchHit, SearchTerm, Term, TermVector, Unfolded

COPY = _("It is a copy of a challenge, a solution or an organisation, and goes with it.")

declare(
    Holding(
        Listing,
        what=_("The public text of what is sought and offered, once more for search"),
        why=_("So that it is found"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as what it is a copy of"),
        whose=_("Those who are named in a text that is published"),
        fields={"title": Fate.KEEP, "text": Fate.KEEP},
        plain=("kind", "path", "sort_key", "language", "state", "stage", "capacity", "codes"),
        stays=COPY,
        seen_by=_("Everybody, or the municipality's employees"),
    ),
    Holding(
        Term,
        what=_("The words of what is sought and offered, each once"),
        why=_("So that it is found"),
        ground=Ground.PUBLIC_TASK,
        kept=_("As long as a text holds the word"),
        whose=_("Those who are named in a text that is published"),
        fields={"text": Fate.KEEP},
        stays=COPY,
    ),
    Holding(
        Unfolded,
        what=_("Words of texts that have just changed"),
        why=_("So that it is found"),
        ground=Ground.PUBLIC_TASK,
        kept=_("A few minutes"),
        whose=_("Those who are named in a text that is published"),
        fields={"gained": Fate.KEEP},
        stays=COPY,
    ),
    Holding(
        SavedSearch,
        what=_("Searches that you have saved"),
        why=_("So that you hear when something new fits"),
        ground=Ground.ASKED_FOR,
        kept=_("Until you remove them"),
        whose=_("Everybody with an account"),
        about=("user",),
        fields={"name": Fate.BLANK, "question": Fate.BLANK, "filters": Fate.BLANK},
        plain=("kind", "language"),
        erase=True,
    ),
    Holding(
        SavedSearchHit,
        what=_("What your saved searches have found"),
        why=_("So that you are told of each thing once"),
        ground=Ground.ASKED_FOR,
        kept=_("As long as the saved search"),
        whose=_("Everybody with an account"),
        about=("search__user",),
        erase=True,
    ),
)
holds_nothing(TermVector)
holds_nothing(SearchTerm)
holds_nothing(Bits, "code", "bits")
