"""Whatever people try in whatever order: offers and stays stay whole, and every step is logged."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from fyrtaarn.fieldwork import actions, rules
from fyrtaarn.fieldwork.models import FieldworkOffer, Learned, Stay, StayState
from fyrtaarn.fieldwork.queries import published_learning
from fyrtaarn.fieldwork.reminders import lapse_applications
from fyrtaarn.fieldwork.states import OFFER_STATES
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.rules import Refused
from fyrtaarn.foundation.transitions import steps_of

from .conftest import House

OFFER_STEPS = {
    (step.name, source, step.target) for step in OFFER_STATES.transitions.values() for source in step.sources
}
STAY_STEPS = {
    ("accept", "applied", "agreed"),
    ("accept", "applied", "waiting"),
    ("decline", "applied", "declined"),
    ("move_up", "waiting", "agreed"),
    *(("cancel", source, "cancelled") for source in ("applied", "waiting", "agreed")),
    *(("lapse", source, "lapsed") for source in ("applied", "waiting")),
    *((name, "agreed", "agreed") for name in ("came", "stayed away", "sign")),
    *((name, state, state) for name in ("publish", "take back") for state in ("agreed", "cancelled")),
}
GUESTS = ("guest", "other_guest")
EVERYBODY = st.sampled_from(("host", *GUESTS))
WORDS = st.sampled_from(("", "Derfor."))


@pytest.mark.django_db
def test_any_walk_keeps_offers_and_stays_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.days = 0
            self.told: dict[int, dict[str, Any]] = {}  # what each text is, and who has said yes to it
            self.time_passes(0)
            offer = actions.draft_offer(house.host, house.department, self.words())
            self.offer = offer.pk
            soon = clock.today() + timedelta(days=6)
            self.period = actions.add_period(house.host, offer, starts=soon, ends=soon + timedelta(days=4), places=1)

        def words(self) -> dict[str, Any]:
            names = ("kind", "institution", "address", "title", "text", "rules", "declaration")
            return {name: getattr(house.offer, name) for name in names}

        def stays(self) -> list[Stay]:
            return list(Stay.objects.filter(period=self.period).order_by("pk"))

        def latest(self, who: str) -> Any:
            """The latest stay of the guest's organisation; the host looks at the very latest."""
            rows = Stay.objects.filter(period=self.period).order_by("-pk")
            return rows.first() if who == "host" else rows.filter(guest=getattr(house, who)).first()

        def rows(self) -> list[Any]:
            told = Learned.objects.filter(stay__period=self.period)
            return [*Stay.objects.filter(period=self.period).order_by("pk").values(), *told.order_by("pk").values()]

        def attempt(self, act: Any) -> Any:
            """What came of it; a refusal changes nothing."""
            before = self.rows()
            try:
                return act()
            except Refused:
                assert self.rows() == before
                return None

        @rule(who=EVERYBODY, name=st.sampled_from(("open_offer", "close_offer")))
        def turn(self, who: str, name: str) -> None:
            offer = FieldworkOffer.objects.get(pk=self.offer)
            self.attempt(lambda: getattr(actions, name)(getattr(house, who), offer))

        @rule(who=EVERYBODY, of=st.sampled_from(("organisation", "other")))
        def apply(self, who: str, of: str) -> None:
            organisation = getattr(house, of)
            self.attempt(lambda: actions.apply(getattr(house, who), self.period, organisation, "Derfor."))

        @rule(who=EVERYBODY, about=EVERYBODY, name=st.sampled_from(("accept", "decline", "cancel")), words=WORDS)
        def answer(self, who: str, about: str, name: str, words: str) -> None:
            if stay := self.latest(about):
                self.attempt(lambda: getattr(actions, name)(getattr(house, who), stay, words))

        @rule(who=EVERYBODY, about=EVERYBODY, came=st.booleans())
        def note(self, who: str, about: str, came: bool) -> None:
            if stay := self.latest(about):
                self.attempt(lambda: actions.note_attendance(getattr(house, who), stay, came=came))

        @rule(who=EVERYBODY, about=EVERYBODY)
        def sign(self, who: str, about: str) -> None:
            if stay := self.latest(about):
                self.attempt(lambda: actions.sign(getattr(house, who), stay, "Et Navn", stay.period.offer.version))

        @rule(who=EVERYBODY, about=EVERYBODY, text=st.sampled_from(("", "Et.", "Andet.")), agrees=st.booleans())
        def learn(self, who: str, about: str, text: str, agrees: bool) -> None:
            if stay := self.latest(about):
                said = self.attempt(lambda: actions.write_learned(getattr(house, who), stay, text, agrees=agrees))
                if said is not None:
                    known = self.told.get(said.pk, {})
                    kept = known if known.get("text") == text else {"text": text, "host": False, "guest": False}
                    self.told[said.pk] = {**kept, said.side: agrees}

        @rule(who=EVERYBODY, agrees=st.booleans())
        def publish(self, who: str, agrees: bool) -> None:
            told = Learned.objects.filter(stay__period=self.period).order_by("-pk").first()
            person = getattr(house, who)
            if told is None:
                return
            if agrees:
                done = self.attempt(lambda: actions.agree(person, told, told.wording))
            else:
                done = self.attempt(lambda: actions.take_back(person, told))
            if done is not None:
                self.told[told.pk]["host" if who == "host" else "guest"] = agrees

        @rule()
        def work(self) -> None:
            actions.move_up(self.period.pk)
            lapse_applications()
            states = [stay.state for stay in self.stays()]
            if self.period.starts > clock.today():
                assert "waiting" not in states or "agreed" in states
            else:
                assert not {"applied", "waiting"} & set(states)

        @rule(days=st.integers(0, 4))
        def time_passes(self, days: int) -> None:
            self.days += days
            moment = start + timedelta(days=self.days)
            monkeypatch.setattr(clock, "now", lambda: moment)

        @invariant()
        def whole(self) -> None:
            offer, stays = FieldworkOffer.objects.get(pk=self.offer), self.stays()
            assert set(self.chain(offer)[1:]) <= OFFER_STEPS
            assert sum(stay.state == StayState.AGREED for stay in stays) <= 1
            for stay in stays:
                assert set(self.chain(stay)[1:]) <= STAY_STEPS

        def chain(self, subject: Any) -> list[tuple[str, str, str]]:
            log = list(steps_of(subject).order_by("pk"))
            assert all(a.target == b.source for a, b in pairwise(log))
            assert log[-1].target == subject.state
            return [(one.name, one.source, one.target) for one in log]

        @invariant()
        def all_read_what_both_agree_to_and_nothing_else(self) -> None:
            shown = published_learning(house.municipality).order_by("pk").values_list("pk", "text")
            agreed = {pk: known["text"] for pk, known in self.told.items() if known["host"] and known["guest"]}
            assert dict(shown) == agreed

        @invariant()
        def each_guest_sees_her_own(self) -> None:
            for stay in self.stays():
                sees = {name for name in GUESTS if rules.may_see_stay(getattr(house, name), stay)}
                assert sees == {"guest" if stay.organisation_id == house.organisation.pk else "other_guest"}

    limits = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=limits)  # type: ignore[no-untyped-call]
