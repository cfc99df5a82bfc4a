"""The catalogue holds nothing of people."""

from fyrtaarn.foundation.personal_data import holds_nothing

from .models import Indicator, IndicatorVersion, Outcome, WantedEffect

holds_nothing(Outcome, "key", "name_da", "name_en", "what_da", "what_en")
holds_nothing(Indicator, "key", "target", "sort_key")
holds_nothing(
    IndicatorVersion,
    "references",
    *(
        f"{text}_{language}"
        for text in ("name", "counts", "leaves_out", "numerator", "denominator", "guidance")
        for language in ("da", "en")
    ),
)
holds_nothing(WantedEffect)
