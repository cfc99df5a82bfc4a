"""What the demo remembers of itself: nothing of people."""

from fyrtaarn.foundation.personal_data import holds_nothing

from .models import DemoItem

holds_nothing(DemoItem, "kind", "key")
