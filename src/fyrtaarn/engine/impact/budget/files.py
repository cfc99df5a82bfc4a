"""How an intervention is read from a file, with the settings that it rests on."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeVar

from ..dated import Dated, Ladder, Rate, Setting, read_factor, read_index, read_ladder, read_rate, read_setting
from ..reading import Fields, InputError, plain
from .case import PURSES, Case, Consequence, Conventions, Cost, Intervention

Value = TypeVar("Value")


MOST_YEARS = 10
WEEKS_A_YEAR = 52
VALUATIONS = ("factor", "market")


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
