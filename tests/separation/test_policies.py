"""Each reader's database holds what the rooms' rules let her see, and nothing else: asked in direct SQL, for everybody."""

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
import pytest
from psycopg import sql

from fyrtaarn.agreements import rules as agreement_rules
from fyrtaarn.agreements.models import PUBLIC_STATES, Acceptance, Agreement, Party, Review, StatusUpdate, Wording
from fyrtaarn.applications import rules as application_rules
from fyrtaarn.applications.models import (
    ApplicantQuestion,
    Application,
    BudgetLine,
    DeclaredAid,
    EffectGoal,
    LinkedEnterprise,
    SentVersion,
)
from fyrtaarn.areas.models import Department
from fyrtaarn.assessment import rules as assessment_rules
from fyrtaarn.assessment.models import Assignment, ClosedDiscussion, Opinion, Remark, Score
from fyrtaarn.community.models import Asking, AskingLetter, IntroducedParty, Introduction, Note, SetAside
from fyrtaarn.community.rules import is_in_charge, speaks_for
from fyrtaarn.council import rules as council_rules
from fyrtaarn.council.models import (
    Advice,
    AdviceProgress,
    AgendaItem,
    AgendaProposal,
    CouncilMeeting,
    MinutesAnswer,
    MinutesWording,
)
from fyrtaarn.effects import rules as effect_rules
from fyrtaarn.effects.models import Plan, PlannedIndicator, PlannedOutcome
from fyrtaarn.entrance import rules as entrance_rules
from fyrtaarn.entrance.models import Absence, Case, CaseGrowth, CaseMessage, CaseTask, PublicAnswer, Rating, SavedAnswer
from fyrtaarn.fieldwork import rules as fieldwork_rules
from fyrtaarn.fieldwork.models import FieldworkOffer, Learned, SignedDeclaration, Stay
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, NoticeChoice, OutgoingMail, Step, StoredFile
from fyrtaarn.grants import rules as grant_rules
from fyrtaarn.grants.deciding import rules as decision_rules
from fyrtaarn.grants.models import (
    AidAward,
    Complaint,
    Consequence,
    Decision,
    DecisionYes,
    Demand,
    EuroRate,
    GoalResult,
    Grant,
    GrantChange,
    Hearing,
    Instalment,
    LongTerm,
    PaymentFile,
    PaymentImport,
    PaymentRow,
    Report,
    Spent,
)
from fyrtaarn.imports.models import ImportRow, ImportRun, KnownHeading
from fyrtaarn.imports.rules import IMPORTING_KINDS, visible_runs
from fyrtaarn.ledger import actions as ledger_actions
from fyrtaarn.ledger import movements
from fyrtaarn.ledger.models import Account, Book, DayTotal, Entry, FinanceAccount, Posting, Reason
from fyrtaarn.ledger.rules import may_read_books
from fyrtaarn.listings.models import Listing, SavedSearch, SavedSearchHit
from fyrtaarn.listings.saved import save_search
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings.models import Meeting, Message, Reading
from fyrtaarn.meetings.rules import sides_of
from fyrtaarn.organisations.ambassadors import rules as ambassador_rules
from fyrtaarn.organisations.models import Ambassador, Claim, Membership, TeamInvitation
from fyrtaarn.organisations.rules import is_member, may_see_claims
from fyrtaarn.people.models import Invitation, Role, User
from fyrtaarn.people.rules import holds_role, is_administrator, is_employee
from fyrtaarn.pitches import rules as pitch_rules
from fyrtaarn.pitches.models import Pitch, PitchComment, PitchReview, PitchVersion
from fyrtaarn.pools import rules as pool_rules
from fyrtaarn.pools.models import Call, Confirmation, ContributionPart, Contributor, Pool, SentPayment
from fyrtaarn.privacy.models import ArchiveDecision, Copy, Due, Erasure, Register, Removal, Viewing
from fyrtaarn.privacy.rules import may_answer_requests, may_look_after
from tests.harness.people import make_employee, make_organisation, make_user
from tests.permissions.town import Town, make_everything, make_town
from tests.permissions.town import sides_of as pair_of
from tests.portal.conftest import make_challenge, make_solution

from .conftest import Connect

May = Callable[[User, Any], bool]
PRIVATE_FILES = (
    "meetings.message", "council.agendaitem", "entrance.casemessage", "applications.application", "grants.decision",
    "grants.instalment",
)  # fmt: skip


def meets(user: User, meeting: Meeting) -> bool:
    return bool(sides_of(user, meeting))


def speaks(user: User, agreement: Agreement) -> bool:
    return agreement_rules.party_of(user, agreement) is not None


def sees(user: User, agreement: Agreement) -> bool:
    public = agreement.public and agreement.state in PUBLIC_STATES
    return public or speaks(user, agreement) or bool(agreement.meeting and meets(user, agreement.meeting))


def is_shown(user: User, party: Party) -> bool:
    agreement = party.agreement
    public = agreement.public and agreement.state in PUBLIC_STATES
    of_draft = agreement.state == "draft" and agreement.meeting is not None and meets(user, agreement.meeting)
    return public or speaks(user, agreement) or of_draft


def follows(user: User, proposal: AgendaProposal) -> bool:
    return proposal.proposer_id == user.pk or bool(council_rules.may_run(user, proposal.council))


def asks(user: User, case: Case) -> bool:
    return bool(entrance_rules.may_see(user, case))


def minutes(user: User, wording: MinutesWording) -> bool:
    """Whether she writes or approves the minutes."""
    meeting = wording.meeting
    member = council_rules.member_on(user, meeting.council_id, meeting.day) is not None
    return member or bool(council_rules.may_run(user, meeting.council))


def is_introduced(user: User, introduction: Introduction) -> bool:
    return introduction.state != "draft" and any(speaks_for(user, party) for party in introduction.parties.all())


def sees_introduction(user: User, introduction: Introduction) -> bool:
    return is_in_charge(user, introduction.district_id) or is_introduced(user, introduction)


def sees_party(user: User, party: IntroducedParty) -> bool:
    introduction = party.introduction
    if not is_introduced(user, introduction) or party.person_id is None or introduction.is_known:
        return sees_introduction(user, introduction)
    return speaks_for(user, party) or is_in_charge(user, introduction.district_id)


def sees_asking(user: User, asking: Asking) -> bool:
    own = asking.introduction.state != "draft" and speaks_for(user, asking.party)
    return own or is_in_charge(user, asking.introduction.district_id)


def knows(user: User, book: Book) -> bool:
    """Whether she may know how a book stands."""
    return bool(may_read_books(user, book.municipality_id)) or is_employee(user, book.municipality_id)


def knows_account(user: User, account: Account) -> bool:
    return knows(user, account.book) or is_recipient(user, account)


def is_recipient(user: User, account: Account) -> bool:
    return account.organisation_id is not None and is_member(user, account.organisation_id)


def audits(user: User, entry: Entry) -> bool:
    """Whether she may read all of an entry: who reads the books, and the employee who has posted it."""
    municipality = entry.book.municipality_id
    return bool(may_read_books(user, municipality)) or (entry.by_id == user.pk and is_employee(user, municipality))


def sees_application(user: User, application: Application) -> bool:
    return bool(application_rules.may_see(user, application))


def of_seen_application(user: User, row: Any) -> bool:
    return sees_application(user, row.application)


def scores_shown(user: User, row: Score | Opinion) -> bool:
    return assessment_rules.sight_of(user, row.assignment.application).shows_scores(row.assignment)


def sees_decision(user: User, decision: Decision) -> bool:
    return bool(decision_rules.may_see(user, decision))


def reads_pool(user: User, subject: Pool | Call | ContributionPart) -> bool:
    """Whether she reads what is not public of the pool that it belongs to."""
    if isinstance(subject, ContributionPart):
        subject = subject.contribution.contributor.pool
    return bool(pool_rules.may_read_all(user, subject if isinstance(subject, Pool) else subject.pool))


def reads_words_of(user: User, contributor: Contributor) -> bool:
    """Whether she reads what a contributor says of what it gives."""
    return pool_rules.speaks_for(user, contributor) or reads_pool(user, contributor.pool)


def of_grant(user: User, row: Any) -> bool:
    return bool(grant_rules.may_see(user, row.grant))


def of_report(user: User, row: Any) -> bool:
    return of_grant(user, row.report)


def pays(user: User, row: Any) -> bool:
    return bool(grant_rules.may_see_queue(user, row.municipality))


def plans(user: User, plan: Plan) -> bool:
    return bool(effect_rules.may_see_plan(user, plan))


SUBJECTS: dict[str, type[Any]] = {
    "pools.call": Call,
    "pools.contributionpart": ContributionPart,
    "pools.pool": Pool,
    "applications.application": Application,
    "assessment.assignment": Assignment,
    "grants.decision": Decision,
    "grants.hearing": Hearing,
    "grants.complaint": Complaint,
    "grants.grant": Grant,
    "grants.instalment": Instalment,
    "grants.report": Report,
    "grants.grantchange": GrantChange,
    "grants.demand": Demand,
    "grants.consequence": Consequence,
    "meetings.meeting": Meeting,
    "agreements.agreement": Agreement,
    "agreements.wording": Wording,
    "council.agendaproposal": AgendaProposal,
    "entrance.case": Case,
    "community.introduction": Introduction,
    "community.asking": Asking,
    "fieldwork.stay": Stay,
    "pitches.pitch": Pitch,
    "pitches.pitchreview": PitchReview,
}


def about(step: Step) -> Any:
    model = SUBJECTS.get(step.subject_type)
    return model.objects.get(pk=step.subject_id) if model else None


def may_know(user: User, step: Step) -> bool:
    subject = about(step)
    if isinstance(subject, Meeting):
        return meets(user, subject)
    if isinstance(subject, Application):
        return sees_application(user, subject)
    if isinstance(subject, Pool | Call | ContributionPart):
        return reads_pool(user, subject)
    if isinstance(subject, Stay):
        return bool(fieldwork_rules.may_see_stay(user, subject))
    if isinstance(subject, AgendaProposal):
        return follows(user, subject)
    if isinstance(subject, Case):
        return asks(user, subject)
    if isinstance(subject, Pitch):
        return bool(pitch_rules.may_see(user, subject))
    if isinstance(subject, PitchReview):
        return bool(pitch_rules.may_see_review(user, subject))
    if isinstance(subject, Introduction):
        return sees_introduction(user, subject)
    if isinstance(subject, Asking):
        return sees_asking(user, subject)
    if isinstance(subject, Decision):
        return sees_decision(user, subject)
    if isinstance(subject, Hearing | Complaint):
        return RULES[type(subject)](user, subject)
    if isinstance(subject, Assignment):
        return assessment_rules.sight_of(user, subject.application).shows(subject)
    if isinstance(subject, Grant):
        return bool(grant_rules.may_see(user, subject))
    if isinstance(subject, Instalment | Report | GrantChange | Demand):
        return of_grant(user, subject)
    if isinstance(subject, Consequence):
        return speaks(user, subject.review.agreement)
    if subject is None:
        return True
    return speaks(user, subject if isinstance(subject, Agreement) else subject.agreement)


def may_open(user: User, stored: StoredFile) -> bool:
    if stored.subject_type == "council.agendaitem":
        return bool(council_rules.may_see_meeting(user, AgendaItem.objects.get(pk=stored.subject_id).meeting))
    if stored.subject_type == "applications.application":
        return sees_application(user, Application.objects.get(pk=stored.subject_id))
    if stored.subject_type == "grants.decision":
        return sees_decision(user, Decision.objects.get(pk=stored.subject_id))
    if stored.subject_type == "entrance.casemessage":
        return reads(user, CaseMessage.objects.get(pk=stored.subject_id))
    if stored.subject_type == "grants.instalment":
        return of_grant(user, Instalment.objects.get(pk=stored.subject_id))
    if stored.subject_type != "meetings.message":
        return True
    return meets(user, Message.objects.get(pk=stored.subject_id).meeting)


def reads(user: User, message: CaseMessage) -> bool:
    if message.side == "internal":
        return entrance_rules.handles(user, message.case)
    return asks(user, message.case)


RULES: dict[type[Any], May] = {
    Meeting: meets,
    Message: lambda user, row: meets(user, row.meeting),
    Reading: lambda user, row: row.user_id == user.pk and meets(user, row.meeting),
    Agreement: sees,
    Party: is_shown,
    Wording: lambda user, row: speaks(user, row.agreement),
    Acceptance: lambda user, row: speaks(user, row.wording.agreement),
    Review: lambda user, row: speaks(user, row.agreement),
    StatusUpdate: lambda user, row: speaks(user, row.agreement),
    AgendaProposal: follows,
    CouncilMeeting: lambda user, row: bool(council_rules.may_see_meeting(user, row)),
    AgendaItem: lambda user, row: bool(council_rules.may_see_meeting(user, row.meeting)),
    MinutesWording: lambda user, row: bool(council_rules.may_see_minutes(user, row)),
    MinutesAnswer: lambda user, row: minutes(user, row.wording),
    Advice: lambda user, row: bool(council_rules.may_see_advice(user, row)),
    AdviceProgress: lambda user, row: bool(council_rules.may_see_advice(user, row.advice)),
    Advice.listings.through: lambda user, row: bool(council_rules.may_see_advice(user, row.advice)),
    Case: asks,
    CaseMessage: reads,
    CaseTask: lambda user, row: entrance_rules.handles(user, row.case),
    CaseGrowth: lambda user, row: asks(user, row.case),
    Rating: lambda user, row: asks(user, row.case),
    Absence: lambda user, row: is_employee(user, row.contact.department.municipality_id),
    SavedAnswer: lambda user, row: bool(entrance_rules.may_write_answers(user, row.department)),
    PublicAnswer: lambda user, row: (
        row.published is not None or bool(entrance_rules.may_write_answers(user, row.department))
    ),
    Introduction: sees_introduction,
    IntroducedParty: sees_party,
    Asking: sees_asking,
    AskingLetter: lambda user, row: row.person_id == user.pk,
    Ambassador: lambda user, row: bool(ambassador_rules.may_see(user, row)),
    Ambassador.themes.through: lambda user, row: bool(ambassador_rules.may_see(user, row.ambassador)),
    FieldworkOffer: lambda user, row: bool(fieldwork_rules.may_see_offer(user, row)),
    Stay: lambda user, row: bool(fieldwork_rules.may_see_stay(user, row)),
    SignedDeclaration: lambda user, row: bool(fieldwork_rules.may_see_stay(user, row.stay)),
    Learned: lambda user, row: row.public or bool(fieldwork_rules.may_see_stay(user, row.stay)),
    Application: sees_application,
    **dict.fromkeys(
        (BudgetLine, EffectGoal, DeclaredAid, LinkedEnterprise, SentVersion, ApplicantQuestion), of_seen_application
    ),
    Confirmation: lambda user, row: reads_words_of(user, row.contribution.contributor),
    SentPayment: lambda user, row: reads_words_of(user, row.part.contribution.contributor),
    Assignment: lambda user, row: assessment_rules.sight_of(user, row.application).shows(row),
    Score: scores_shown,
    Opinion: scores_shown,
    Remark: lambda user, row: assessment_rules.sight_of(user, row.application).discussion,
    ClosedDiscussion: lambda user, row: (
        bool(assessment_rules.may_judge(user, row.application)) or assessment_rules.may_read(user, row.application)
    ),
    **dict.fromkeys((Instalment, Report, GrantChange, Demand, AidAward), of_grant),
    **dict.fromkeys((Spent, GoalResult), of_report),
    **dict.fromkeys((PaymentFile, PaymentImport), pays),
    LongTerm: lambda user, row: speaks(user, row.agreement),
    Consequence: lambda user, row: speaks(user, row.review.agreement),
    PaymentRow: lambda user, row: pays(user, row.payments),
    Decision: sees_decision,
    DecisionYes: lambda user, row: sees_decision(user, row.decision),
    Hearing: lambda user, row: is_member(user, row.application.organisation_id) or sees_decision(user, row.decision),
    Complaint: lambda user, row: sees_decision(user, row.decision),
    Note: lambda user, row: row.author_id == user.pk,
    SetAside: lambda user, row: is_in_charge(user, row.district_id),
    Pitch: lambda user, row: bool(pitch_rules.may_see(user, row)),
    PitchVersion: lambda user, row: bool(pitch_rules.may_see_version(user, row)),
    PitchReview: lambda user, row: bool(pitch_rules.may_see_review(user, row)),
    PitchComment: lambda user, row: bool(pitch_rules.may_see_comments(user, row.review)),
    Plan: plans,
    PlannedOutcome: lambda user, row: plans(user, row.plan),
    PlannedIndicator: lambda user, row: plans(user, row.planned.plan),
    Notice: lambda user, row: row.recipient_id == user.pk,
    NoticeChoice: lambda user, row: row.user_id == user.pk,
    OutgoingMail: lambda user, row: row.recipient == user.email,
    Step: may_know,
    StoredFile: may_open,
    Invitation: lambda user, row: is_administrator(user, row.municipality_id),
    TeamInvitation: lambda user, row: is_member(user, row.organisation_id),
    Claim: lambda user, row: row.user_id == user.pk or bool(may_see_claims(user, row.organisation.home_id)),
    ImportRun: lambda user, row: visible_runs(user).filter(pk=row.pk).exists(),
    ImportRow: lambda user, row: visible_runs(user).filter(pk=row.run_id).exists(),
    KnownHeading: lambda user, row: holds_role(user, *IMPORTING_KINDS, municipality=row.municipality_id),
    Book: lambda user, row: True,
    Account: knows_account,
    Entry: lambda user, row: audits(user, row) or any(is_recipient(user, one.account) for one in row.postings.all()),
    Posting: lambda user, row: audits(user, row.entry) or is_recipient(user, row.account),
    DayTotal: lambda user, row: knows_account(user, row.account),
    FinanceAccount: lambda user, row: knows(user, row.book),
    SavedSearch: lambda user, row: row.user_id == user.pk,
    SavedSearchHit: lambda user, row: row.search.user_id == user.pk,
    Copy: lambda user, row: row.person_id == user.pk,
    Erasure: lambda user, row: row.person_id == user.pk,
    Register: lambda user, row: bool(may_answer_requests(user, row.municipality)),
    ArchiveDecision: lambda user, row: bool(may_look_after(user, row.municipality)),
    Due: lambda user, row: bool(may_look_after(user, row.municipality)),
    Removal: lambda user, row: row.municipality is None or bool(may_look_after(user, row.municipality)),
    Viewing: lambda user, row: user.pk in (row.person_id, row.viewer_id),
}
SEEN_BY_ALL: dict[type[Any], Callable[[Any], bool]] = {
    Book: lambda row: True,
    PitchVersion: lambda row: row.shown,
    Ambassador: lambda row: row.shown and row.state == "active",
    Ambassador.themes.through: lambda row: row.ambassador.shown and row.ambassador.state == "active",
    Agreement: lambda row: row.public and row.state in PUBLIC_STATES,
    Party: lambda row: row.agreement.public and row.agreement.state in PUBLIC_STATES,
    Step: lambda row: about(row) is None,
    Removal: lambda row: row.municipality is None,
    StoredFile: lambda row: row.subject_type not in PRIVATE_FILES,
    PublicAnswer: lambda row: row.published is not None,
    CouncilMeeting: lambda row: row.state != "draft",
    FieldworkOffer: lambda row: row.state != "draft",
    Learned: lambda row: row.public,
    AgendaItem: lambda row: row.meeting.state != "draft",
    MinutesWording: lambda row: row.approved is not None,
    Advice: lambda row: row.state != "draft",
    AdviceProgress: lambda row: True,
    Advice.listings.through: lambda row: row.advice.state != "draft",
}


def post_some(town: Town) -> None:
    """A grant to the town's organisation, decided by the department's lead, of money that the fund manager has noted."""
    manager, lead = town.people["fund manager"], town.people["department lead"]
    book = ledger_actions.open_book(town.municipality, "Puljen")
    ledger_actions.open_contributor(book, "social", "Socialforvaltningen")
    ledger_actions.open_grant(book, "grant", "Værkstedet", town.organisation)
    FinanceAccount.objects.create(book=book, kind="cash", number="9.22.05")
    for reason, lines, by in (
        (Reason.CONTRIBUTION_DECIDED, movements.contribution_decided("social", 100), manager),
        (Reason.CONTRIBUTION_PAID, movements.contribution_paid("social", 100), None),
        (Reason.GRANTED, movements.granted("grant", 60), lead),
    ):
        ledger_actions.post(book, lines, reason=reason, text="Efter aftale", by=by)


def read(login: psycopg.Connection[Any], model: type[Any], reader: User | None) -> set[int]:
    """Primary keys of all rows that the database shows this reader."""
    login.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(reader.pk) if reader else ""])
    statement = sql.SQL("SELECT id FROM {}").format(sql.Identifier(model._meta.db_table))
    return {pk for (pk,) in login.execute(statement).fetchall()}


def readers(town: Town, koebenhavn: Any) -> dict[str, User]:
    """Everybody of the town, and those who might think that they still, or also, belong there."""
    here, today = town.municipality, clock.today()
    former, retired = make_user("Tidligere Medlem"), make_user("Tidligere Redaktør")
    Membership.objects.create(user=former, organisation=town.organisation, kind="owner", ends=today)
    Role.objects.create(user=retired, kind="department_editor", municipality=here, department=town.social, ends=today)
    return {
        **town.people,
        "neighbour": town.neighbour,
        "former member": former,
        "former editor": retired,
        "auditor": make_employee(here, "auditor"),
        "elsewhere": make_everything(koebenhavn, "Alle Roller"),
        "owner elsewhere": make_organisation(koebenhavn, "Et andet værksted", owner=make_user()).memberships.get().user,  # type: ignore[attr-defined]
    }


def fill_the_rest(town: Town, everybody: Iterable[User]) -> None:
    """What the town lacks: those who take part by other ways than a role in the department, and private things."""
    here, listing = town.municipality, Listing.objects.filter(kind="challenge", ended=None).first()
    post_some(town)
    contact: Any = make_employee(here, "caseworker", name="Karl Kontakt")
    asked = make_challenge(town.editor, here, published=True, title="Hvem kan hjælpe?", contact=contact)
    brought = make_challenge(town.editor, here, published=True, title="Hvem har plads?", partners=[town.culture])
    for challenge in (asked, brought):
        solution = make_solution(town.owner, town.organisation, published=True)
        town.challenges["new"], town.solutions["new"] = challenge, solution
        by = town.administrator if challenge is brought else town.owner
        meeting_actions.open_meeting(by, *pair_of(town, "new"), "Vi vil gerne tale sammen.")
    town.people["contact of a challenge"] = contact
    town.agreements["public agreement"].updates.create(course="on_track", text="Det går godt.", by=town.owner)
    CaseGrowth.objects.create(
        case=town.cases["routed question"], kind="challenge", subject_id=asked.pk, grown_by=town.owner
    )
    for person in everybody:
        NoticeChoice.objects.update_or_create(user=person, kind="portal.contact", defaults={"rhythm": "none"})
        search = save_search(person, name="Cykler", question="cykler")
        SavedSearchHit.objects.create(search=search, listing=listing)
        Copy.objects.create(person=person)
        Erasure.objects.create(person=person, due=clock.today())
    look_after_data(town)
    note_aid(town.grants["a grant"])


def note_aid(grant: Grant) -> None:
    """What the grant counts as, as if its rules were under the ceiling for state aid."""
    rate = EuroRate.objects.get()
    AidAward.objects.create(
        municipality=grant.municipality, organisation=grant.organisation, cvr="10000009", grant=grant,
        regime="de_minimis", day=grant.granted, oere=grant.oere, rate=rate, cents=1000,
    )  # fmt: skip


def look_after_data(town: Town) -> None:
    """What those who look after the municipality's data have noted and asked for."""
    here, officer, day = town.municipality, town.people["data officer"], clock.today()
    Register.objects.create(municipality=here, person=town.owner, reason="Sag 1", by=officer)
    ArchiveDecision.objects.create(
        municipality=here, holding="meetings.message", before=day, kind="archived", reference="A-1", by=officer
    )
    Due.objects.create(municipality=here, holding="meetings.message", rows=1, oldest=day)
    Removal.objects.create(municipality=here, holding="meetings.message", rows=1)
    Removal.objects.create(holding="foundation.notice", rows=1)
    Viewing.objects.create(viewer=officer, person=town.owner, place="privacy.search", municipality=here, day=day)


def test_the_database_shows_each_reader_what_the_rules_say(connect: Connect, kolding: Any, koebenhavn: Any) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    everybody = readers(town, koebenhavn)
    fill_the_rest(town, everybody.values())
    everybody |= town.people
    web, worker = connect("web"), connect("worker")
    for model, may in RULES.items():
        rows = list(model._base_manager.order_by("pk"))
        assert rows, model
        seen_by_some = set()
        for name, person in everybody.items():
            reader = User.objects.get(pk=person.pk)
            found = read(web, model, reader)
            assert found == {row.pk for row in rows if may(reader, row)}, f"{name} reading {model.__name__}"
            seen_by_some.add(frozenset(found))
        assert len(seen_by_some) > 1 or model in SEEN_BY_ALL, f"all see the same of {model.__name__}"
        for_all = SEEN_BY_ALL.get(model, lambda _row: False)
        assert read(web, model, None) == {row.pk for row in rows if for_all(row)}, f"a visitor reading {model.__name__}"
        assert read(worker, model, None) == {row.pk for row in rows}, f"the worker reading {model.__name__}"


def test_what_all_may_see_only_the_parties_change(connect: Connect, kolding: Any, koebenhavn: Any) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    web = connect("web")
    public = town.agreements["public agreement"]
    for reader, changed in ((None, 0), (town.neighbour, 0), (town.administrator, 0), (town.owner, 1)):
        web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(reader.pk) if reader else ""])
        done = web.execute("UPDATE agreements_agreement SET title = 'Ny titel' WHERE id = %s", [public.pk])
        assert done.rowcount == changed, reader
        done = web.execute("DELETE FROM meetings_message")
        assert (done.rowcount > 0) == bool(changed), reader


def test_nobody_writes_into_what_is_not_hers(connect: Connect, kolding: Any) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    web, dialogue = connect("web"), town.dialogues["open dialogue"]
    statements = (
        f"INSERT INTO meetings_message (meeting_id, side, author_id, occasion, text, created)"
        f" VALUES ({dialogue.pk}, 'offered', {town.neighbour.pk}, '', 'Hej', now())",
        f"INSERT INTO agreements_statusupdate (agreement_id, course, text, by_id, created)"
        f" VALUES ({town.agreements['public agreement'].pk}, 'on_track', 'Hej', {town.neighbour.pk}, now())",
        f"INSERT INTO agreements_party (agreement_id, department_id)"
        f" VALUES ({town.agreements['draft agreement'].pk}, {town.culture.pk})",
        f"INSERT INTO organisations_teaminvitation (organisation_id, email, kind, token, invited_by_id, created, expires)"
        f" VALUES ({town.organisation.pk}, 'en@example.dk', 'owner', 'x', {town.neighbour.pk}, now(), now())",
        f"INSERT INTO foundation_noticechoice (user_id, kind, rhythm) VALUES ({town.owner.pk}, 'x.y', 'none')",
    )
    web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(town.neighbour.pk)])
    for statement in statements:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            web.execute(statement)


def test_what_is_noted_of_data_only_grows_and_in_ones_own_name(connect: Connect, kolding: Any, koebenhavn: Any) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    look_after_data(town)
    web, here, officer = connect("web"), town.municipality.pk, town.people["data officer"].pk
    elsewhere = make_employee(koebenhavn, "data_officer").pk
    register = (
        "INSERT INTO privacy_register (key, municipality_id, person_id, reason, by_id, asked, content)"
        f" VALUES (gen_random_uuid(), {here}, {town.owner.pk}, 'Sag 2', %s, now(), '')"
    )
    viewing = (
        "INSERT INTO privacy_viewing (viewer_id, person_id, place, day, at)"
        f" VALUES (%s, {town.owner.pk}, 'people.roles', now(), now())"
    )
    web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(officer)])
    for statement in (register, viewing):
        web.execute(statement, [officer])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            web.execute(statement, [elsewhere])
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        web.execute("INSERT INTO privacy_removal (holding, rows, at) VALUES ('meetings.message', 1, now())")
    for table in ("privacy_register", "privacy_archivedecision", "privacy_due", "privacy_removal", "privacy_viewing"):
        assert web.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table))).rowcount == 0
    assert web.execute("UPDATE privacy_viewing SET day = '2020-01-01'").rowcount == 0
    web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(elsewhere)])
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        web.execute(register, [elsewhere])


def test_only_its_data_officers_find_who_has_to_do_with_a_municipality(
    connect: Connect, kolding: Any, koebenhavn: Any
) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    web = connect("web")
    found = {}
    for name, reader in {**town.people, "elsewhere": make_everything(koebenhavn, "Alle Roller")}.items():
        web.execute("SELECT set_config('fyrtaarn.reader', %s, false)", [str(reader.pk)])
        people = web.execute("SELECT errand.people_of(%s)", [kolding.pk]).fetchall()
        organisations = web.execute("SELECT errand.organisations_of(%s)", [kolding.pk]).fetchall()
        found[name] = {pk for (pk,) in people}, {pk for (pk,) in organisations}
    people, organisations = found.pop("data officer")
    assert {town.owner.pk, town.editor.pk, town.people["organisation member"].pk} <= people
    assert town.organisation.pk in organisations
    assert set(map(repr, found.values())) == {repr((set(), set()))}


def test_who_holds_a_letter_reads_that_letter_alone(connect: Connect, kolding: Any) -> None:
    town = make_town(kolding, make_user("Nora Nabo"))
    other = Invitation.objects.create(
        email="en@example.dk", kind="buyer", municipality=kolding, invited_by=town.administrator
    )
    web = connect("web")
    for letter, model in ((town.letters["role"], Invitation), (town.letters["team"], TeamInvitation)):
        assert read(web, model, None) == set()
        web.execute("SELECT set_config('fyrtaarn.letter', %s, false)", [letter.token])
        assert read(web, model, None) == {letter.pk}
        web.execute("SELECT set_config('fyrtaarn.letter', '', false)")
    assert read(web, Invitation, town.administrator) == {town.letters["role"].pk, other.pk}


def test_a_role_without_a_department_speaks_for_all_of_them(connect: Connect, kolding: Any, koebenhavn: Any) -> None:
    make_town(kolding, make_user("Nora Nabo"))
    leader = make_employee(kolding, "community_manager")
    elsewhere = make_employee(koebenhavn, "community_manager")
    web = connect("web")
    assert read(web, Meeting, leader) == set(Meeting.objects.values_list("pk", flat=True))  # type: ignore[arg-type]
    assert read(web, Meeting, elsewhere) == set()  # type: ignore[arg-type]
    assert Department.objects.filter(municipality=kolding).count() > 1
