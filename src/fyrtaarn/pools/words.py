"""A pool's rules in plain words, in the reader's language, and what differs between two versions of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fyrtaarn.foundation.money import kroner
from fyrtaarn.organisations.models import OrganisationKind

from .models import AidRegime, Criterion, PoolRules, Stage


def who_may_apply(rules: PoolRules) -> list[str]:
    """One sentence for each thing that one should know before applying."""
    return [*_who(rules), *_how_much(rules), *_what_for(rules)]


def _who(rules: PoolRules) -> Iterator[str]:
    place = rules.pool.municipality.label
    labels = dict(OrganisationKind.choices)
    kinds = [str(labels[kind]).lower() for kind in rules.kinds if kind in labels]
    if kinds:
        yield _("These may apply: %(kinds)s.") % {"kinds": ", ".join(kinds)}
    else:
        yield _("All organisations that are on the platform may apply.")
    if rules.only_home:
        yield _("Your organisation must be at home in %(place)s.") % {"place": place}
    yield (
        _("Your organisation must have a CVR number.") if rules.cvr_needed else _("You can apply without a CVR number.")
    )


def _how_much(rules: PoolRules) -> Iterator[str]:
    amounts = {"least": kroner(rules.least), "most": kroner(rules.most)}
    yield _("You can apply for an amount from %(least)s to %(most)s.") % amounts
    if rules.own_share:
        yield _("You must pay at least %(percent)s%% of the budget yourselves, in money or time.") % {
            "percent": rules.own_share
        }
    yield _("Wages may be paid.") if rules.wages_allowed else _("The money may not be used for wages.")


def _what_for(rules: PoolRules) -> Iterator[str]:
    if rules.future_economy:
        yield _("You must show how it carries itself when the money is used.")
    if rules.aid_regime != AidRegime.NONE:
        yield _(
            "The grant counts as state aid: %(rule)s. You tell us what aid you have got in the last three years."
        ) % {"rule": rules.get_aid_regime_display()}
    yield ngettext(
        "%(count)s person assesses each application.",
        "%(count)s people assess each application, each on their own first.",
        rules.assessors,
    ) % {"count": rules.assessors}


def criterion_in_words(one: Criterion) -> str:
    """A criterion with its weight and scale."""
    said = {"name": one.label, "most": one.most, "weight": one.weight}
    return _("%(name)s: 0–%(most)s points, weight %(weight)s") % said


def stage_in_words(one: Stage) -> str:
    """A stage with its greatest amount."""
    said = {"name": one.label, "most": kroner(one.most)}
    if one.after_earlier:
        return _("%(name)s: up to %(most)s, only after a completed grant of the stage before") % said
    return _("%(name)s: up to %(most)s") % said


@dataclass(frozen=True)
class Changed:
    """Something that one version says and the other does not."""

    taken: str
    new: str


def what_differs(earlier: PoolRules, later: PoolRules) -> list[Changed]:
    """What the later version says otherwise: sentences, criteria, stages and guidance, side by side."""
    return [
        *_pairs(_side(who_may_apply(earlier)), _side(who_may_apply(later))),
        *_pairs(_side(map(criterion_said, earlier.criteria.all())), _side(map(criterion_said, later.criteria.all()))),
        *_pairs(_side(map(stage_said, earlier.stages.all())), _side(map(stage_said, later.stages.all()))),
        *_pairs(_side([earlier.advice]), _side([later.advice])),
    ]


def criterion_said(one: Criterion) -> str:
    return f"{criterion_in_words(one)}. {one.advice}".strip()


def stage_said(one: Stage) -> str:
    return f"{stage_in_words(one)}. {one.wanted}".strip()


def _side(sentences: Iterable[str]) -> list[str]:
    return [sentence for sentence in sentences if sentence]


def _pairs(before: list[str], after: list[str]) -> list[Changed]:
    gone = [sentence for sentence in before if sentence not in after]
    new = [sentence for sentence in after if sentence not in before]
    longest = max(len(gone), len(new))
    return [
        Changed(old, fresh)
        for old, fresh in zip(gone + [""] * (longest - len(gone)), new + [""] * (longest - len(new)), strict=True)
    ]
