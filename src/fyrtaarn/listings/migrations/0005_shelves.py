"""Terms of listings that not everybody may see are counted apart: "challenge@see:employee:5/w:cykel"."""

import struct
from hashlib import blake2b

from django.db import migrations

PUBLIC = "see:all"


def number_of(text):
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def set_apart(apps, schema_editor):
    move(apps, lambda kind, code: kind, lambda kind, code: f"{kind}@{code}")


def put_together(apps, schema_editor):
    move(apps, lambda kind, code: f"{kind}@{code}", lambda kind, code: kind)


def move(apps, shelf_before, shelf_after):
    """Number the terms of what not everybody may see anew; the next folding counts them where they now belong."""
    listings, vectors, changes, terms = (
        apps.get_model("listings", name) for name in ("Listing", "TermVector", "Unfolded", "Term")
    )
    for listing in listings.objects.filter(ended=None).exclude(codes__contains=[PUBLIC]).order_by("pk"):
        vector = vectors.objects.filter(listing=listing).first()
        code = next((code for code in listing.codes if code.startswith("see:")), None)
        if vector is None or code is None:
            continue
        before, after = shelf_before(listing.kind, code), shelf_after(listing.kind, code)
        count = len(vector.terms) // 8
        held = dict(zip(struct.unpack(f">{count}q", vector.terms), struct.unpack(f">{count}h", vector.weights)))
        texts = {number_of(f"{before}/*"): f"{before}/*"}
        texts |= dict(terms.objects.filter(pk__in=list(held)).values_list("pk", "text"))
        for gained in changes.objects.filter(listing=listing).values_list("gained", flat=True):
            texts |= {number_of(text): text for text in gained}
        moved = {number: f"{after}/{text.partition('/')[2]}" for number, text in texts.items() if number in held}
        renewed = sorted((number_of(text), held[number]) for number, text in moved.items())
        vector.terms = struct.pack(f">{len(renewed)}q", *(number for number, _ in renewed))
        vector.weights = struct.pack(f">{len(renewed)}h", *(weight for _, weight in renewed))
        vector.save()
        changes.objects.create(listing=listing, gained=sorted(moved.values()), lost=sorted(held))


class Migration(migrations.Migration):
    dependencies = [("listings", "0004_text_as_shown")]

    operations = [migrations.RunPython(set_apart, put_together)]
