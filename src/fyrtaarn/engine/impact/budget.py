"""Budget effect: what public purses save or spend when more people succeed.

Structure of Den Socialøkonomiske Investeringsmodel (SØM) of the Danish Authority of Social Services and Housing:
participants × net success × consequence × price, by purse, over up to ten years. It is money in public budgets, no worth
to society, and is never added to a social return.

All amounts are in the prices of one year. An effect is positive where a purse is better off.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from .dated import (
    Dated,
    Ladder,
    Rate,
    Setting,
    read_factor,
    read_index,
    read_ladder,
    read_rate,
    read_setting,
)
from .discounting import PAY_BACK, discount_factor, pay_back
from .model import Model, Parameter, Term, Values
from .reading import Fields, InputError, plain, rounded

Value = TypeVar("Value")
PURSES = ("municipality", "region", "state")
MOST_YEARS = 10
WEEKS_A_YEAR = 52
VALUATIONS = ("factor", "market")
NEVER_ADDED = (
    "money in public budgets; never to be added to a social return, which counts other things and partly the same"
)
LADDER = (
    "the weeks of a year that a success takes away are those that would have come first in it, counted from the weeks that"
    " had passed"
)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How time and prices are treated; year 1 is `first_year` in the calendar."""

    price_year: int
    first_year: int
    discount_rate: Fraction
    first_outcome_year_is_discounted: bool


@dataclass(frozen=True, slots=True)
class Intervention:
    """How many take part, and the shares of them who succeed with it and would have succeeded without."""

    participants: Fraction
    success_with: Fraction
    success_without: Fraction


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one success changes, year by year from year 1 on: units of something at a price.

    `prices` are amounts a unit in the prices of the case's year, `shares` how each year's money falls on the purses.
    """

    id: str
    description: str
    unit: str
    changes: tuple[Fraction, ...]
    is_income: bool
    price: Fraction | None
    prices: tuple[Fraction, ...]
    shares: tuple[Mapping[str, Fraction], ...]
    valuation: str
    way: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """More income makes a purse better off, more expense worse."""
        return 1 if self.is_income else -1


@dataclass(frozen=True, slots=True)
class Cost:
    """What the intervention costs a purse in each of some years; `amount` in the prices of the case's year."""

    description: str
    purse: str
    amount: Fraction
    a_participant: bool
    year: int
    duration_years: int
    way: Mapping[str, Any]
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years with the cost."""
        return range(self.year, self.year + self.duration_years)


@dataclass(frozen=True, slots=True)
class Case:
    """An intervention with its consequences. `used` are the settings that its figures rest on."""

    conventions: Conventions
    intervention: Intervention
    consequences: tuple[Consequence, ...]
    costs: tuple[Cost, ...]
    net_tax_factor: Dated[Fraction] | None
    used: tuple[Mapping[str, str], ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()


class Settings:
    """The settings of a file, and which of them have been asked for."""

    def __init__(self, fields: Fields) -> None:
        self.index = read_index(fields.fields("price_index")) if fields.has("price_index") else None
        rates, ladders = fields.fields("rates", {}), fields.fields("refund_ladders", {})
        self.rates = {name: read_setting(rates, name, read_rate) for name in rates.names()}
        self.ladders = {name: read_setting(ladders, name, read_ladder) for name in ladders.names()}
        self.net_tax_factor = (
            read_setting(fields, "net_tax_factor", read_factor) if fields.has("net_tax_factor") else None
        )
        fields.notes()
        self.used: dict[str, str] = {}

    def price_factor(self, place: str, from_year: int, to_year: int) -> Fraction:
        """The price index between two years. Raises InputError where it is needed and not there."""
        if from_year == to_year:
            return Fraction(1)
        if self.index is None:
            raise InputError(f"{place}: is {from_year}, so settings.price_index is needed to reach {to_year}")
        self.used[self.index.place] = self.index.source
        return self.index.factor(from_year, to_year)

    def rate(self, fields: Fields, year: int) -> Rate:
        """The rate that a consequence names."""
        return self._of(fields, "rate", self.rates, year)

    def ladder(self, fields: Fields, year: int) -> Ladder:
        """The ladder that a consequence names."""
        return self._of(fields, "refund_ladder", self.ladders, year)

    def tax(self, year: int) -> Dated[Fraction] | None:
        """The net tax factor, where the file has one."""
        if self.net_tax_factor is None:
            return None
        found = self.net_tax_factor.of(year)
        self.used[f"{self.net_tax_factor.place} from {found.valid_from}"] = found.source
        return found

    def _of(self, fields: Fields, name: str, settings: Mapping[str, Setting[Value]], year: int) -> Value:
        chosen = settings[fields.one_of(name, tuple(settings))]
        found = chosen.of(year)
        self.used[f"{chosen.place} from {found.valid_from}"] = found.source
        return found.value


def read_case(file: Fields) -> Case:
    """The case in a file. Raises InputError naming the field that is wrong."""
    conventions, assumed = _read_conventions(file.fields("conventions"))
    settings = Settings(file.fields("settings", {}))
    fields = file.fields("intervention")
    fields.has("uncertainty")
    intervention = Intervention(
        fields.number("participants", least=0), fields.share("success_with"), fields.share("success_without")
    )
    fields.notes()
    consequences = tuple(
        _read_consequence(row, str(number), conventions, settings)
        for number, row in enumerate(file.rows("consequences"), 1)
    )
    seen: set[str] = set()
    for place, one in enumerate(consequences):
        if one.id in seen:
            raise InputError(f"consequences[{place}].id: {one.id!r} is there twice")
        seen.add(one.id)
    costs = tuple(_read_cost(row, conventions, settings) for row in file.rows("costs", []))
    about = {name: file.text(name, "") for name in ("id", "title", "currency") if file.has(name)}
    tax = settings.tax(conventions.first_year)
    file.notes()
    used = tuple({"setting": name, "source": source} for name, source in settings.used.items())
    return Case(conventions, intervention, consequences, costs, tax, used, about, assumed)


def _read_conventions(fields: Fields) -> tuple[Conventions, tuple[str, ...]]:
    fields.has("uncertainty")
    price_year = fields.whole("price_year", least=1900, most=2200)
    read = Conventions(
        price_year,
        fields.whole("first_year", price_year, least=1900, most=2200),
        fields.share("discount_rate", 0),
        fields.truth("first_outcome_year_is_discounted", True),
    )
    assumed = tuple(name for name in Conventions.__dataclass_fields__ if not fields.has(name))
    fields.notes()
    return read, assumed


def _read_consequence(row: Fields, number: str, conventions: Conventions, settings: Settings) -> Consequence:
    row.has("uncertainty")
    changes = _read_changes(row)
    price, prices, way = _read_prices(row, len(changes), conventions, settings)
    shares = _read_shares(row, changes, conventions, settings)
    return Consequence(
        id=row.text("id", number),
        description=row.text("description", ""),
        unit=row.text("unit", ""),
        changes=changes,
        is_income=row.one_of("kind", ("expense", "income"), "expense") == "income",
        price=price,
        prices=prices,
        shares=shares,
        valuation=row.one_of("valued_at", VALUATIONS, "factor"),
        way={**way, "source": row.text("source", "")},
        notes=row.notes(),
    )


def _read_changes(row: Fields) -> tuple[Fraction, ...]:
    """Units more (or, below nought, less) a success, from year 1 on: `change_by_year`, or `change_per_success` in each of
    `duration_years` from `first_year` on."""
    if row.has("change_by_year"):
        changes = row.numbers("change_by_year")
    else:
        before = row.whole("first_year", 1, least=1, most=MOST_YEARS) - 1
        years = row.whole("duration_years", 1, least=1, most=MOST_YEARS)
        changes = (Fraction(0),) * before + (row.number("change_per_success"),) * years
    if len(changes) > MOST_YEARS:
        raise row.fault(
            "change_by_year" if row.has("change_by_year") else "duration_years", f"ends after year {MOST_YEARS}"
        )
    return changes


def _read_prices(
    row: Fields, years: int, conventions: Conventions, settings: Settings
) -> tuple[Fraction | None, tuple[Fraction, ...], dict[str, Any]]:
    """The price as it may be uncertain (none for a rate, which is decided), each year's, and how it came about."""
    if row.has("rate"):
        prices = []
        for year in range(conventions.first_year, conventions.first_year + years):
            rate = settings.rate(row, year)
            factor = settings.price_factor(row.place("rate"), rate.price_year, conventions.price_year)
            prices.append(rate.amount * factor)
        return None, tuple(prices), {"rate": row.text("rate")}
    level = row.text("price_level") if row.has("prices") else ""
    price = row.fields("prices").number(level, least=0) if level else row.number("price", least=0)
    price_year = row.whole("price_year", conventions.price_year)
    factor = settings.price_factor(row.place("price_year"), price_year, conventions.price_year)
    way = {"price": plain(price), "price_year": price_year, "price_index": plain(factor)}
    return price * factor, (price * factor,) * years, {**way, **({"price_level": level} if level else {})}


def _read_shares(
    row: Fields, changes: tuple[Fraction, ...], conventions: Conventions, settings: Settings
) -> tuple[Mapping[str, Fraction], ...]:
    """How each year's money falls on the purses."""
    if row.has("refund_ladder"):
        if row.has("purses"):
            raise row.fault("purses", "stands beside a refund_ladder, which says the same")
        passed = row.number("weeks_passed", 0, least=0)
        return tuple(
            _by_ladder(row, settings.ladder(row, conventions.first_year + place), passed + WEEKS_A_YEAR * place, change)
            for place, change in enumerate(changes)
        )
    purses = row.fields("purses")
    for name in purses.names():
        if name not in PURSES:
            raise purses.fault(name, f"expected: {', '.join(PURSES)}")
    shares = {purse: purses.share(purse, 0) for purse in PURSES}
    if sum(shares.values()) != 1:
        raise row.fault("purses", f"add up to {plain(sum(shares.values(), Fraction(0)))}, not to 1")
    return (shares,) * len(changes)


def _by_ladder(row: Fields, ladder: Ladder, passed: Fraction, change: Fraction) -> Mapping[str, Fraction]:
    if abs(change) > WEEKS_A_YEAR:
        raise row.fault("refund_ladder", f"counts weeks, and a year has no {plain(abs(change))} of them")
    state = ladder.share_of_state(passed, abs(change)) if change else Fraction(0)
    return {"municipality": 1 - state, "region": Fraction(0), "state": state}


def _read_cost(row: Fields, conventions: Conventions, settings: Settings) -> Cost:
    row.has("uncertainty")
    amount = row.number("amount", least=0)
    price_year = row.whole("price_year", conventions.price_year)
    factor = settings.price_factor(row.place("price_year"), price_year, conventions.price_year)
    read = Cost(
        description=row.text("description", ""),
        purse=row.one_of("purse", PURSES),
        amount=amount * factor,
        a_participant=row.one_of("per", ("total", "participant"), "total") == "participant",
        year=row.whole("year", 1, least=0, most=MOST_YEARS),
        duration_years=row.whole("duration_years", 1, least=1, most=MOST_YEARS),
        way={"amount": plain(amount), "price_year": price_year, "price_index": plain(factor)},
        notes=row.notes(),
    )
    if read.years[-1] > MOST_YEARS:
        raise row.fault("duration_years", f"ends after year {MOST_YEARS}")
    return read


class Result:
    """Everything that follows from a case, exact, for chosen purses together. Years run from 0 (costs before) on."""

    def __init__(self, case: Case, purses: Iterable[str] = PURSES) -> None:
        self.case = case
        self.purses = tuple(purses)

    @cached_property
    def years(self) -> range:
        """From 0 to the last year with a consequence or cost."""
        last = [len(one.changes) for one in self.case.consequences] + [one.years[-1] for one in self.case.costs]
        return range(max(last, default=1) + 1)

    def factor(self, year: int) -> Fraction:
        """What money of a year is worth today."""
        plainly = self.case.conventions
        factor: Fraction = discount_factor(plainly.discount_rate, year, plainly.first_outcome_year_is_discounted)
        return factor

    @cached_property
    def successes(self) -> Fraction:
        """How many more succeed than would have: participants × (with − without)."""
        with_it = self.case.intervention
        return with_it.participants * (with_it.success_with - with_it.success_without)

    def effect(self, one: Consequence) -> tuple[Fraction, ...]:
        """A consequence's effect in each of the years."""
        return tuple(
            self.successes
            * one.sign
            * one.changes[year - 1]
            * one.prices[year - 1]
            * sum((one.shares[year - 1][purse] for purse in self.purses), Fraction(0))
            if 0 < year <= len(one.changes)
            else Fraction(0)
            for year in self.years
        )

    def cost(self, one: Cost) -> tuple[Fraction, ...]:
        """A cost in each of the years."""
        amount = one.amount * (self.case.intervention.participants if one.a_participant else 1)
        return tuple(amount if year in one.years and one.purse in self.purses else Fraction(0) for year in self.years)

    @cached_property
    def effect_by_year(self) -> tuple[Fraction, ...]:
        """All consequences' effect in each of the years."""
        return self._added(self.effect(one) for one in self.case.consequences)

    @cached_property
    def cost_by_year(self) -> tuple[Fraction, ...]:
        """All costs in each of the years."""
        return self._added(self.cost(one) for one in self.case.costs)

    def _added(self, rows: Iterable[tuple[Fraction, ...]]) -> tuple[Fraction, ...]:
        every = list(rows)
        return tuple(sum((row[year] for row in every), Fraction(0)) for year in self.years)

    def present_value(self, by_year: Iterable[Fraction]) -> Fraction:
        """What a row of years is worth today."""
        return sum((worth * self.factor(year) for year, worth in enumerate(by_year)), Fraction(0))

    @cached_property
    def net_by_year(self) -> tuple[Fraction, ...]:
        """Effect less cost in each of the years."""
        return tuple(gain - cost for gain, cost in zip(self.effect_by_year, self.cost_by_year, strict=True))

    @cached_property
    def net_present_value(self) -> Fraction:
        """Effects less costs as they are worth today."""
        return self.present_value(self.net_by_year)

    @cached_property
    def pay_back_years(self) -> Fraction | None:
        """Years until the effects have paid for the costs for good; None when they never do."""
        return pay_back([net * self.factor(year) for year, net in enumerate(self.net_by_year)])


def model(case: Case, purses: Iterable[str] = PURSES) -> Model:
    """The case as terms, for chosen purses together: a consequence each, a cost each."""
    chosen = tuple(purses)
    one_share = Fraction(1)
    parameters = {
        "discount_rate": Parameter(case.conventions.discount_rate, most=one_share, linear=False),
        "participants": Parameter(case.intervention.participants),
        "success_with": Parameter(case.intervention.success_with, most=one_share),
        "success_without": Parameter(case.intervention.success_without, most=one_share),
        **{f"{one.id}.price": Parameter(one.price) for one in case.consequences if one.price is not None},
        **{f"costs[{place}].amount": Parameter(one.amount) for place, one in enumerate(case.costs)},
    }
    return Model(
        parameters,
        tuple(_consequence_term(one, case.conventions, chosen) for one in case.consequences),
        tuple(_cost_term(one, f"costs[{n}].amount", case.conventions, chosen) for n, one in enumerate(case.costs)),
    )


def _consequence_term(one: Consequence, conventions: Conventions, purses: tuple[str, ...]) -> Term:
    price = f"{one.id}.price"
    units = [
        one.sign
        * change
        * sum((share[purse] for purse in purses), Fraction(0))
        * (1 if one.price is not None else amount)
        for change, share, amount in zip(one.changes, one.shares, one.prices, strict=True)
    ]

    def worth(values: Values) -> Any:
        successes = values["participants"] * (values["success_with"] - values["success_without"])
        lasting = _discounted(units, range(1, len(units) + 1), values["discount_rate"], conventions)
        return successes * lasting * (values[price] if one.price is not None else 1)

    names = ("discount_rate", "participants", "success_with", "success_without")
    return Term((*names, price) if one.price is not None else names, worth)


def _cost_term(one: Cost, name: str, conventions: Conventions, purses: tuple[str, ...]) -> Term:
    counts = Fraction(one.purse in purses)

    def worth(values: Values) -> Any:
        amount = values[name] * (values["participants"] if one.a_participant else 1) * counts
        return amount * _discounted([Fraction(1)] * len(one.years), one.years, values["discount_rate"], conventions)

    return Term(("discount_rate", name, *(["participants"] if one.a_participant else [])), worth)


def _discounted(amounts: list[Fraction], years: range, rate: Any, conventions: Conventions) -> Any:
    is_discounted = conventions.first_outcome_year_is_discounted
    return sum(
        (amount * discount_factor(rate, year, is_discounted) for amount, year in zip(amounts, years, strict=True)),
        Fraction(0),
    )


def stated_uncertainty(file: Fields, case: Case) -> Iterator[tuple[str, Fields]]:
    """The distributions in a file: `uncertainty` of the intervention, conventions, a consequence or a cost. A price and an
    amount are uncertain in the prices of the case's year."""
    rows = [(file.fields(name), "") for name in ("conventions", "intervention")]
    rows += [(row, f"{one.id}.") for row, one in zip(file.rows("consequences"), case.consequences, strict=True)]
    rows += [(row, f"costs[{place}].") for place, row in enumerate(file.rows("costs", []))]
    for row, prefix in rows:
        for name, fields in row.fields("uncertainty", {}).named():
            yield f"{prefix}{name}", fields


def likely_uncertain(case: Case) -> list[str]:
    """What is uncertain in any case: who succeeds, and what it saves."""
    prices = [f"{one.id}.price" for one in case.consequences if one.price]
    return [name for name in ("success_with", "success_without") if getattr(case.intervention, name)] + prices


def as_json(case: Case) -> dict[str, Any]:
    """The whole result with each figure's way: money with two decimals, factors in full."""
    whole = Result(case)
    with_it = case.intervention
    conventions = case.conventions
    return {
        **case.about,
        "what_it_is": NEVER_ADDED,
        "conventions": {
            "price_year": conventions.price_year,
            "first_year": conventions.first_year,
            "discount_rate": plain(conventions.discount_rate),
            "first_outcome_year_is_discounted": conventions.first_outcome_year_is_discounted,
            "chain": "participants x (success_with - success_without) x change x price x price_index x share of the purse",
            "sign": "positive where the purse is better off",
            "settings_in_force": "on 1 January of the year",
            "refund_ladder": LADDER,
            "pay_back": PAY_BACK,
            "rounding": "half away from nought",
        },
        "assumed": list(case.assumed),
        "settings_used": list(case.used),
        "intervention": {
            "participants": plain(with_it.participants),
            "success_with": plain(with_it.success_with),
            "success_without": plain(with_it.success_without),
            "net_success": plain(with_it.success_with - with_it.success_without),
            "net_successes": plain(whole.successes),
        },
        "years": list(whole.years),
        "discount_factors": [plain(whole.factor(year)) for year in whole.years],
        "per_consequence": [_consequence_as_json(case, one) for one in case.consequences],
        "costs": [_cost_as_json(whole, one) for one in case.costs],
        "by_purse": {purse: _purse_as_json(case, (purse,)) for purse in PURSES},
        "all_purses": _purse_as_json(case, PURSES),
        "in_market_prices": _in_market_prices(case),
    }


def _consequence_as_json(case: Case, one: Consequence) -> dict[str, Any]:
    whole = Result(case)
    effects = {purse: Result(case, (purse,)).effect(one) for purse in PURSES}
    return {
        "id": one.id,
        "description": one.description,
        "factors": {
            "net_successes": plain(whole.successes),
            "kind": "income" if one.is_income else "expense",
            "unit": one.unit,
            "change_by_year": [plain(change) for change in one.changes],
            **one.way,
            "price_by_year": [plain(price) for price in one.prices],
            "share_by_year": {purse: [plain(share[purse]) for share in one.shares] for purse in PURSES},
            "valued_at": one.valuation,
        },
        "effect_by_year": _money(whole.effect(one)),
        "effect_by_purse_by_year": {purse: _money(effect) for purse, effect in effects.items()},
        "present_value": rounded(whole.present_value(whole.effect(one))),
        "present_value_by_purse": {purse: rounded(whole.present_value(effect)) for purse, effect in effects.items()},
        **({"notes": one.notes} if one.notes else {}),
    }


def _cost_as_json(whole: Result, one: Cost) -> dict[str, Any]:
    by_year = whole.cost(one)
    return {
        "description": one.description,
        "purse": one.purse,
        "factors": {**one.way, "per": "participant" if one.a_participant else "total"},
        "cost_by_year": _money(by_year),
        "present_value": rounded(whole.present_value(by_year)),
        **({"notes": one.notes} if one.notes else {}),
    }


def _purse_as_json(case: Case, purses: tuple[str, ...]) -> dict[str, Any]:
    result, parts = Result(case, purses), model(case, purses)
    broken_even = parts.break_even("success_with")
    return {
        "effect_by_year": _money(result.effect_by_year),
        "cost_by_year": _money(result.cost_by_year),
        "net_by_year": _money(result.net_by_year),
        "present_value_of_effects": rounded(result.present_value(result.effect_by_year)),
        "present_value_of_costs": rounded(result.present_value(result.cost_by_year)),
        "net_present_value": rounded(result.net_present_value),
        "pay_back_years": None if result.pay_back_years is None else rounded(result.pay_back_years),
        "break_even_success_with": None if broken_even is None else plain(broken_even),
    }


def _in_market_prices(case: Case) -> dict[str, Any] | None:
    """The net present value of all purses with the net tax factor on what stands in factor prices; None without one."""
    if case.net_tax_factor is None:
        return None
    whole, factor = Result(case), case.net_tax_factor.value
    gains = sum(
        (
            whole.present_value(whole.effect(one)) * (factor if one.valuation == "factor" else 1)
            for one in case.consequences
        ),
        Fraction(0),
    )
    net = gains - whole.present_value(whole.cost_by_year) * factor
    return {
        "net_tax_factor": plain(factor),
        "source": case.net_tax_factor.source,
        "net_present_value": rounded(net),
        "what_it_is": "the same sum as consumers' prices would have it; no money of any purse",
    }


def _money(values: Iterable[Fraction]) -> list[str]:
    return [rounded(value) for value in values]
