"""What people search for and do not find, counted without knowing who they are.

A page of results carries its question, signed. The browser's script sends it back by itself, without cookies, and once
more with the place of the first result that is opened. Only then is anything counted, and only words that say nothing
of a person: see `keepable`. Nothing is counted in a browser without scripts.
"""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import connection, transaction
from django.db.models import Count, F, Max, Q, Sum

from fyrtaarn.areas.models import District, Municipality
from fyrtaarn.engine.danish.lexicon import is_name, knows_english
from fyrtaarn.engine.danish.spelling import known
from fyrtaarn.engine.danish.tokens import Token, fold, tokenise
from fyrtaarn.foundation import clock

from .models import AskedQuestion

SALT = "vocabulary.asked"
LONGEST = 120
MOST_WORDS = 10
"""A longer text is no search; it may be a story about somebody."""
MOST_DIGITS = 5
"""So many digits in all: more may be a telephone number or a civil registration number."""
COUNTED_WITHIN = 2 * 60 * 60
"""Seconds in which a page may tell what came of it."""
FAR_DOWN = 10
"""A result is far down after so many others."""
LEAST_DAYS = 3
"""Questions asked on fewer days are shown to nobody."""
WAITING_DAYS = 30
"""What has not been asked on so many days within this time is forgotten."""
KEPT_DAYS = 365
MOST_SHOWN = 200


def token(question: str, municipality: int | None, *, nothing: bool, start: int, counts: bool) -> str:
    """What a page of results carries, "" when the question is none to count.

    `start` is how many results came before the page; `counts` whether showing the page is asking (and not paging on).
    """
    if not question or len(question) > LONGEST:
        return ""
    return signing.dumps([question, municipality or 0, int(nothing), start, int(counts)], salt=SALT)


def note(carried: str, opened: str) -> None:
    """Count what a page tells: that it was shown, or ("3") which of its results was opened first. Nonsense is ignored."""
    try:
        question, municipality, nothing, start, counts = signing.loads(carried, salt=SALT, max_age=COUNTED_WITHIN)
    except signing.BadSignature:
        return
    text = keepable(question, places())
    if not text:
        return
    if opened:
        if opened.isascii() and opened.isdigit() and len(opened) < 4 and int(opened):
            _count(text, municipality, opened=1, opened_late=int(start + int(opened) > FAR_DOWN))
    elif counts:
        _count(text, municipality, asked=1, nothing=nothing)


@transaction.atomic
def _count(
    text: str, municipality: int, *, asked: int = 0, nothing: int = 0, opened: int = 0, opened_late: int = 0
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vocabulary_askedquestion AS kept"
            " (text, municipality_id, day, asked, nothing, opened, opened_late)"
            " SELECT %s, (SELECT id FROM areas_municipality WHERE id = %s), %s, %s, %s, %s, %s"
            " ON CONFLICT (text, municipality_id, day) DO UPDATE SET asked = kept.asked + excluded.asked,"
            " nothing = kept.nothing + excluded.nothing, opened = kept.opened + excluded.opened,"
            " opened_late = kept.opened_late + excluded.opened_late",
            [text, municipality, clock.today(), asked, nothing, opened, opened_late],
        )


def places() -> frozenset[str]:
    """The words in the names of municipalities and districts, which are no people's names."""
    names = [*Municipality.objects.values_list("name", "name_en"), *District.objects.values_list("name", "slug")]
    return frozenset(token.text for pair in names for name in pair for token in tokenise(name))


def keepable(question: str, places: Collection[str] = ()) -> str:
    """The words of a question that may be kept, in lower case, or "" when nothing may.

    Nothing of a question is kept that has an address for mail in it, many digits, many words, or a word that the
    dictionary knows as a name alone (places aside), or two words in a row with a capital. Words with digits, and words
    that neither the Danish nor the English dictionary knows, are left out: they may be names, or typing errors.
    """
    tokens = tokenise(question)
    if "@" in question or len(tokens) > MOST_WORDS or len(re.findall(r"\d", question)) > MOST_DIGITS:
        return ""
    kept = []
    before: Token | None = None
    for one in tokens:
        if one.text not in places:
            capital = question[one.start].isupper()
            if (is_name(one.text) and not knows_english(one.text)) or (
                capital and before and question[before.start].isupper() and before.text not in places
            ):
                return ""
        if one.text in places or (
            (one.text.isalpha() or "-" in one.text) and (known(one.text) or knows_english(one.text))
        ):
            kept.append(one.text)
        before = one
    return fold(" ".join(kept))


NEEDS = {
    "intet": Sum("nothing"),
    "ingen": Sum("asked") - Sum("nothing") - Sum("opened"),
    "langt-nede": Sum("opened_late"),
}
"""What went wrong, by its name in addresses: nothing found, nothing opened, opened far down."""


def questions(need: str, municipalities: Collection[int] | None, national: bool) -> list[dict[str, Any]]:
    """The questions for which something went wrong, the commonest first: dicts of text, asked, wrong, days, latest.

    Those of the given municipalities' pages (None: of all) and, with `national`, of the national ones.
    """
    where = Q(municipality__isnull=True) if national else Q(pk__in=[])
    where |= Q(municipality__isnull=False) if municipalities is None else Q(municipality__in=municipalities)
    found: Any = (
        AskedQuestion.objects.filter(where)
        .order_by()
        .values("text")
        .annotate(
            times=Sum("asked"),
            wrong=NEEDS[need],
            days=Count("day", distinct=True, filter=Q(asked__gt=0)),
            latest=Max("day"),
        )
        .filter(days__gte=LEAST_DAYS, wrong__gt=0)
        .order_by(F("wrong").desc(), "text")
    )
    return list(found[:MOST_SHOWN])


@transaction.atomic
def forget_old() -> int:
    """Forget what has been kept long enough, and what too few have asked; returns how many rows."""
    today = clock.today()
    gone = AskedQuestion.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()[0]
    rare = (
        AskedQuestion.objects.order_by()
        .values("text")
        .annotate(days=Count("day", distinct=True, filter=Q(asked__gt=0)), latest=Max("day"))
        .filter(days__lt=LEAST_DAYS, latest__lt=today - timedelta(days=WAITING_DAYS))
    )
    return gone + AskedQuestion.objects.filter(text__in=list(rare.values_list("text", flat=True))).delete()[0]
