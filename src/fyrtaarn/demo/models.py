"""What has been loaded, so that it is loaded once."""

from django.db import models


class DemoItem(models.Model):
    """One thing that came with the demo content. It stays when somebody removes the thing: nothing comes back."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)  # as in the content files
    subject_id = models.BigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=("kind", "key"), name="one_demo_item_a_key")]
