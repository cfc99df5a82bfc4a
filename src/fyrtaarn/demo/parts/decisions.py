"""Decisions in both cities: granted in part, refused after a hearing, complained of, and one that waits for its second yes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from fyrtaarn.applications.models import Application
from fyrtaarn.assessment.models import ClosedDiscussion
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Step
from fyrtaarn.grants.actions.grants import open_grant
from fyrtaarn.grants.deciding import letters
from fyrtaarn.grants.models import AidAward, Complaint, Decision, DecisionYes, EuroRate, Grant, Hearing
from fyrtaarn.grants.models.decisions import ANSWER_WITHIN
from fyrtaarn.people.models import Role, RoleKind, User
from fyrtaarn.pools.models import Call, PoolDuty

from ..book import Book, Row
from ..moments import moment
from ..reading import rows
from ..story import step
from .applications import application, first_calls

DECIDERS = {"koebenhavn": ("bo-fyrskib", "lone-lygtevang"), "kolding": ("hanne-vinterfyr", "mads-havblink")}
HEARD, ANSWERED, PROPOSED, DECIDED, COMPLAINED, KEPT = 4, 9, 11, 13, 20, 31  # days after the application was sent
HEARING_LASTS = timedelta(days=14)
KRONER_FOR_100_EURO = "746.00"


def load(book: Book) -> None:
    """Each is about an application in the first open call of its municipality."""
    calls = first_calls()
    new = [row for row in book.new("decision", rows("decisions")) if row["municipality"] in calls]
    if new:
        source = "Eksempel"
        EuroRate.objects.get_or_create(
            day=clock.today() - ANSWER_WITHIN, defaults={"kroner": KRONER_FOR_100_EURO, "source": source}
        )
    for row in new:
        call = calls[row["municipality"]]
        made = Matter(row, application(row, book, call), people(call, book, row["municipality"])).decision()
        book.write("decision", {row["key"]: made})


def people(call: Call, book: Book, place: str) -> tuple[User, list[User]]:
    """Who drafts, and who decides: they get that duty."""
    managers = Role.objects.current().filter(kind=RoleKind.FUND_MANAGER, municipality=call.pool.municipality_id)
    manager = managers.select_related("user").order_by("pk")[0].user
    deciders = [User.objects.get(pk=book.pk("person", key)) for key in DECIDERS[place]]
    for one in deciders:
        since = {"starts": call.opens}
        PoolDuty.objects.get_or_create(pool=call.pool, user=one, duty="decider", defaults=since)
    return manager, deciders


class Matter:
    """One application and what was decided on it, step by step as it would have been."""

    def __init__(self, row: Row, about: Application, staff: tuple[User, list[User]]) -> None:
        self.row, self.about, self.said = row, about, row["decision"]
        self.manager, self.deciders = staff

    def at(self, days: int, turn: int = 0) -> datetime:
        """The moment so many days after it was sent."""
        return moment(max(self.row["days_ago"] - days, 0), self.row["key"], turn=turn)

    def decision(self) -> Decision:
        said, decided = self.said, self.said["state"] == "decided"
        made = Decision.objects.create(
            application=self.about,
            outcome=said["outcome"],
            oere=100 * said["kroner"],
            reasons=said["reasons"],
            conditions=said["conditions"],
            state=said["state"],
            second_needed=not decided,
            drafted_by=self.manager,
            drafted=self.at(HEARD),
            proposed=self.at(PROPOSED),
            decided=self.at(DECIDED, 2) if decided else None,
        )
        ClosedDiscussion.objects.create(application=self.about, by=self.manager, at=self.at(HEARD))
        log = [step(made, "draft", "", "draft", by=self.manager.pk, at=self.at(HEARD))]
        if said["hearing"]:
            log += self.heard(made)
        came_from = "hearing" if said["hearing"] else "draft"
        log.append(step(made, "propose", came_from, "proposed", by=self.manager.pk, at=self.at(PROPOSED)))
        log.append(step(made, "yes", "proposed", "proposed", by=self.deciders[0].pk, at=self.at(DECIDED)))
        DecisionYes.objects.create(decision=made, by=self.deciders[0], at=self.at(DECIDED))
        if decided:
            log += self.decided(made)
        if said["complaint"]:
            log += self.complained(made)
        Step.objects.bulk_create(log)
        return made

    def heard(self, made: Decision) -> Iterator[Step]:
        """The applicant was heard, and answered."""
        sent, answered, owner = self.at(HEARD, 2), self.at(ANSWERED), self.about.contact_id
        hearing = Hearing.objects.create(
            decision=made,
            application=self.about,
            text=self.said["hearing"]["text"],
            due=sent.date() + HEARING_LASTS,
            sent=sent,
            sent_by=self.manager,
            answer=self.said["hearing"]["answer"],
            answered=answered,
            answered_by_id=owner,
        )
        yield step(made, "hear", "draft", "hearing", by=self.manager.pk, at=sent)
        yield step(hearing, "answer", "", "", by=owner, at=answered)

    def decided(self, made: Decision) -> Iterator[Step]:
        """The last yes: the letter is kept, and what is granted is committed."""
        by, when = self.deciders[0], self.at(DECIDED, 2)
        granted, state = ("grant", "granted") if made.oere else ("refuse", "refused")
        if made.oere:
            grant = open_grant(made, by=by)
            Grant.objects.filter(pk=grant.pk).update(granted=when.date())
            AidAward.objects.filter(grant=grant).update(day=when.date())
        Application.objects.filter(pk=self.about.pk).update(state=state, decided=when)
        made.letter = letters.keep(made, by=by)
        made.save(update_fields=["letter"])
        yield step(made, "decide", "proposed", "decided", by=by.pk, at=when)
        yield step(self.about, granted, "sent", state, by=by.pk, at=when)

    def complained(self, made: Decision) -> Iterator[Step]:
        """The applicant complained; the other decider has answered, or it waits."""
        said, at, owner, by = self.said["complaint"], self.at(COMPLAINED), self.about.contact_id, self.deciders[1]
        complaint = Complaint.objects.create(
            decision=made, text=said["text"], by_id=owner, at=at, due=at.date() + ANSWER_WITHIN
        )
        yield step(complaint, "complain", "", "received", by=owner, at=at)
        if said["answer"]:
            answered = self.at(KEPT)
            Complaint.objects.filter(pk=complaint.pk).update(
                state="kept", answer=said["answer"], answered=answered, answered_by=by
            )
            yield step(complaint, "keep", "received", "kept", by=by.pk, at=answered)
