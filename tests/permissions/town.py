"""A municipality with people in every role, an organisation, and one of everything in the state that its acts need."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.agreements.models import Agreement, AgreementKind
from fyrtaarn.applications import actions as application_actions
from fyrtaarn.areas.models import Department, District, LocalBody
from fyrtaarn.assessment import actions as assessment_actions
from fyrtaarn.community import actions as community_actions
from fyrtaarn.community.models import Appointment, Asking, Introduction
from fyrtaarn.community.rules import voices_of
from fyrtaarn.council import actions as council_actions
from fyrtaarn.council.models import Advice, CouncilMeeting
from fyrtaarn.effects import actions as effect_actions
from fyrtaarn.effects.models import Plan
from fyrtaarn.entrance import actions as entrance_actions
from fyrtaarn.entrance.models import (
    Absence,
    Case,
    CaseTopic,
    ContactProfile,
    Outcome,
    PublicAnswer,
    RatingAnswer,
    SavedAnswer,
)
from fyrtaarn.entrance.rules import Letter
from fyrtaarn.fieldwork import actions as fieldwork_actions
from fyrtaarn.fieldwork.models import FieldworkPeriod
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.files import keep_file
from fyrtaarn.foundation.importing import IMPORTERS
from fyrtaarn.foundation.models import StoredFile
from fyrtaarn.grants.actions import changes as grant_changes
from fyrtaarn.grants.actions import instalments as grant_instalments
from fyrtaarn.grants.actions import payments as grant_payments
from fyrtaarn.grants.actions import reports as grant_reports
from fyrtaarn.grants.deciding import actions as decision_actions
from fyrtaarn.grants.deciding import complaints, hearings
from fyrtaarn.grants.terms import actions as terms_actions
from fyrtaarn.imports import actions as import_actions
from fyrtaarn.imports.columns import guess_columns
from fyrtaarn.imports.models import ImportRun
from fyrtaarn.listings.codes import codes_of
from fyrtaarn.listings.models import Listing
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.meetings.models import Meeting
from fyrtaarn.organisations import actions as organisation_actions
from fyrtaarn.organisations.ambassadors import actions as ambassador_actions
from fyrtaarn.organisations.ambassadors.states import AMBASSADOR_STATES
from fyrtaarn.organisations.models import Ambassador, Membership, Organisation
from fyrtaarn.people.models import Invitation, Role, RoleKind
from fyrtaarn.pitches import actions as pitch_actions
from fyrtaarn.pitches.models import Pitch, PitchReview
from fyrtaarn.pitches.parts import Part
from fyrtaarn.pitches.states import PITCH_STATES
from fyrtaarn.pools import actions as pool_actions
from fyrtaarn.pools.actions.contributions import Promise
from fyrtaarn.pools.models import Criterion, PoolDuty
from fyrtaarn.portal import actions as portal_actions
from fyrtaarn.topics.models import Theme
from tests.agreements.conftest import terms
from tests.applications.conftest import make_call, make_draft
from tests.effects.conftest import make_indicator
from tests.grants.conftest import give, make_funding, reported
from tests.harness.people import make_department, make_employee, make_organisation, make_user
from tests.pools.making import POOL, make_pool, make_rules
from tests.portal.conftest import make_challenge, make_solution

IN_A_DEPARTMENT = ("department_editor", "contact_person", "department_lead")
WHOLE_MUNICIPALITY = (
    "caseworker", "buyer", "fund_manager", "council_secretary", "community_manager", "municipality_administrator",
    "data_officer", "auditor",
)  # fmt: skip


@dataclass
class Town:
    """The things by what the table calls them; `people` by role, in the order of the table's columns."""

    municipality: Any
    neighbour: Any  # who has no role anywhere, and to whom the letters are written
    social: Any
    culture: Any
    organisation: Organisation
    unclaimed: Organisation
    people: dict[str, Any]
    areas: dict[str, Any] = field(default_factory=dict)
    challenges: dict[str, Any] = field(default_factory=dict)
    solutions: dict[str, Any] = field(default_factory=dict)
    dialogues: dict[str, Meeting] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    wish: Any = None  # of the local committee there
    note: Any = None  # the community manager's own
    fitting: tuple[Listing, ...] = ()  # a need and an offer of her district
    set_aside: Any = None  # the two
    appointment: Any = None  # the community manager's
    introductions: dict[str, Introduction] = field(default_factory=dict)
    imports: dict[str, ImportRun] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    letters: dict[str, Any] = field(default_factory=dict)
    council: dict[str, Any] = field(default_factory=dict)
    ambassadors: dict[str, Ambassador] = field(default_factory=dict)
    pitches: dict[str, Pitch] = field(default_factory=dict)
    reviews: dict[str, PitchReview] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    desks: dict[str, Any] = field(default_factory=dict)
    fieldwork: dict[str, Any] = field(default_factory=dict)
    pools: dict[str, Any] = field(default_factory=dict)
    grants: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    call: Any = None  # in which the organisation applies
    applications: dict[str, Any] = field(default_factory=dict)
    application_question: Any = None
    assessment: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)

    @property
    def editor(self) -> Any:
        return self.people["department editor"]

    @property
    def administrator(self) -> Any:
        return self.people["municipality administrator"]

    @property
    def owner(self) -> Any:
        return self.people["organisation owner"]

    @property
    def community_manager(self) -> Any:
        return self.people["community manager"]

    @property
    def place(self) -> dict[str, str]:
        return {"municipality": self.municipality.slug}


def make_staff(municipality: Any) -> dict[str, Any]:
    """A person in every role of a municipality."""
    social = make_department(municipality, "Socialforvaltningen")
    culture = make_department(municipality, "Kulturforvaltningen")
    return {
        "reader": make_employee(municipality, "reader"),
        "council member": make_employee(municipality, "council_member"),
        **{kind.replace("_", " "): make_employee(municipality, kind, social) for kind in IN_A_DEPARTMENT},
        "editor, other department": make_employee(municipality, "department_editor", culture),
        **{kind.replace("_", " "): make_employee(municipality, kind) for kind in WHOLE_MUNICIPALITY},
    }


def make_town(municipality: Any, neighbour: Any) -> Town:
    """The municipality as its people have left it."""
    staff = make_staff(municipality)
    owner, member = make_user("Olga Ejer"), make_user("Mads Medlem")
    organisation: Any = make_organisation(municipality, "Eksempelværkstedet", owner=owner)
    Membership.objects.create(user=member, organisation=organisation, kind="member")
    town = Town(
        municipality,
        neighbour,
        social=municipality.departments.get(name="Socialforvaltningen"),
        culture=municipality.departments.get(name="Kulturforvaltningen"),
        organisation=organisation,
        unclaimed=make_organisation(municipality, "Uden hold"),  # type: ignore[arg-type]
        people={**staff, "organisation owner": owner, "organisation member": member},
    )
    fill_administration(town)
    fill_ambassadors(town)
    fill_pitches(town)
    fill_portal(town)
    fill_dialogues(town)
    fill_agreements(town)
    fill_community(town)
    fill_imports(town)
    fill_council(town)
    fill_entrance(town)
    fill_fieldwork(town)
    fill_applications(town)
    fill_assessment(town)
    fill_decisions(town)
    fill_pools(town)
    fill_grants(town)
    fill_effects(town)
    return town


def make_everything(municipality: Any, name: str) -> Any:
    """A person who holds every role of the municipality at once."""
    person = make_user(name)
    department = make_department(municipality, "Socialforvaltningen")
    for kind in RoleKind:
        held_in = department if kind in IN_A_DEPARTMENT else None
        Role.objects.create(user=person, kind=kind, municipality=municipality, department=held_in)
    return person


def fill_administration(town: Town) -> None:
    here, email = town.municipality, town.neighbour.email
    town.areas = {
        "departments": town.social,
        "districts": District.objects.create(municipality=here, name="Vamdrup", slug="vamdrup"),
        "local-bodies": LocalBody.objects.create(
            municipality=here, name="Vamdrup Byforum", slug="vamdrup", kind="local_council"
        ),
    }
    town.letters = {
        "role": Invitation.objects.create(email=email, kind="buyer", municipality=here, invited_by=town.administrator),
        "team": organisation_actions.invite(town.owner, town.organisation, email, "member"),
        "claim": organisation_actions.claim(town.neighbour, town.unclaimed, "Jeg er leder"),
    }


def fill_ambassadors(town: Town) -> None:
    """The contact person as the social department's ambassador whom all may see; others asked, hidden, pausing."""
    theme, _new = Theme.objects.get_or_create(slug="maaltider", defaults={"name": "Måltider", "name_en": "Meals"})
    words: dict[str, Any] = {"help_da": "Jeg kender feltet.", "themes": [theme]}

    def asked(name: str) -> Ambassador:
        return ambassador_actions.appoint(town.administrator, town.social, town.people[name])

    def accepted(name: str, *, shown: bool) -> Ambassador:
        one = asked(name)
        return ambassador_actions.accept(one.user, one, {**words, "shown": shown}, one.version)

    pausing = accepted("buyer", shown=True)
    town.ambassadors = {
        "ambassador whom all may see": accepted("contact person", shown=True),
        "ambassador for colleagues alone": accepted("department editor", shown=False),
        "pausing ambassador": AMBASSADOR_STATES.perform("pause", pausing, by=pausing.user),
        "employee asked to be ambassador": asked("caseworker"),
    }


def fill_effects(town: Town) -> None:
    """What the organisation, and the parties of an agreement, plan shall come of it."""
    indicator, soon = make_indicator(), clock.today() + timedelta(days=200)
    target = {"target": 40, "target_by": soon, "collector": "Værkstedet"}

    def planned(subject: Any) -> Plan:
        plan = effect_actions.begin(town.owner, subject)
        plan = effect_actions.choose_outcomes(town.owner, plan, [indicator.outcome], plan.version)
        effect_actions.plan_indicator(town.owner, plan, indicator, target, plan.version)
        plan.refresh_from_db()
        return plan

    town.plans = {
        "the organisation's plan": planned(town.organisation),
        "plan of an agreement": planned(town.agreements["public agreement"]),
    }


def fill_pitches(town: Town) -> None:
    """The organisation's pitches, and what the contact person as ambassador is asked about one."""
    owner, ambassador = town.owner, town.ambassadors["ambassador whom all may see"]
    due, words = clock.today() + timedelta(days=14), dict.fromkeys(("title", *Part.values), "Mad på søndag")

    def written() -> Pitch:
        begun = pitch_actions.begin(owner, town.organisation)
        return pitch_actions.write(owner, begun, {**words, "department": town.social}, begun.version)

    def asked(title: str) -> PitchReview:
        about = written()
        about = pitch_actions.write(owner, about, {"title": title}, about.version)
        return pitch_actions.ask(owner, about, ambassador, due, "Er det klart?")

    town.pitches = {about: written() for about in ("pitch", "shown pitch", "pitch put away")}
    pitch_actions.show(owner, town.pitches["shown pitch"])
    PITCH_STATES.perform("put_away", town.pitches["pitch put away"], by=owner)
    town.reviews = {"pitch to comment on": asked("Spørgsmål"), "commented pitch": asked("Besvaret")}
    pitch_actions.finish(ambassador.user, town.reviews["commented pitch"], {"problem": "Godt."}, "Send den.")


def fill_portal(town: Town) -> None:
    here, editor, owner = town.municipality, town.editor, town.owner
    shared = make_challenge(editor, here, published=True, title="Fælles cykler", partners=[town.culture])
    town.challenges = {
        "public challenge": make_challenge(editor, here, published=True),
        "internal challenge": make_challenge(editor, here, published=True, audience="municipality"),
        "draft challenge": make_challenge(editor, here),
        "deleted draft challenge": make_challenge(editor, here),
        "challenge shared with the culture department": shared,
    }
    portal_actions.delete_challenge(editor, town.challenges["deleted draft challenge"])
    town.solutions = {
        "offered solution": make_solution(owner, town.organisation, published=True),
        "withdrawn solution": make_solution(owner, town.organisation, published=True),
        "draft solution": make_solution(owner, town.organisation),
        "deleted draft solution": make_solution(owner, town.organisation),
    }
    portal_actions.withdraw_solution(owner, town.solutions["withdrawn solution"])
    portal_actions.delete_solution(owner, town.solutions["deleted draft solution"])
    for about in ("offered solution", "draft solution"):
        town.files[f"picture of the {about}"] = file_of(town.solutions[about], owner, "bord.png", "image/png")


def fill_dialogues(town: Town) -> None:
    """Three pairs that talk, each at another point, and one that has not met."""
    states = ("unopened dialogue", "question", "open dialogue", "ended dialogue")
    for number, about in enumerate(states):
        challenge = make_challenge(town.editor, town.municipality, published=True, title=f"Tomme lokaler {number}")
        solution = make_solution(town.owner, town.organisation, published=True, title=f"Værksted {number}")
        town.challenges[about], town.solutions[about] = challenge, solution
        if about != "unopened dialogue":
            pair = sides_of(town, about)
            town.dialogues[about] = meeting_actions.open_meeting(town.owner, *pair, "Vi har plads.")
    meeting_actions.accept(town.editor, town.dialogues["open dialogue"])
    meeting_actions.accept(town.editor, town.dialogues["ended dialogue"])
    meeting_actions.end(town.editor, town.dialogues["ended dialogue"], "Tak for snakken.")
    message = town.dialogues["open dialogue"].messages.first()
    town.files["file of a dialogue"] = file_of(message, town.owner, "plan.txt", "text/plain")


def sides_of(town: Town, about: str) -> tuple[Listing, Listing]:
    """The listings of the two that a dialogue is about."""
    return (
        Listing.objects.get(kind="challenge", subject_id=town.challenges[about].pk),
        Listing.objects.get(kind="solution", subject_id=town.solutions[about].pk),
    )


def file_of(subject: Any, by: Any, name: str, media_type: str) -> StoredFile:
    stored = StoredFile(
        name=name, media_type=media_type, size=4, sha256="0" * 64, uploaded_by=by,
        subject_type=subject._meta.label_lower, subject_id=subject.pk,
    )  # fmt: skip
    stored.content.save(name, ContentFile(b"plan"))
    return stored


def fill_agreements(town: Town) -> None:
    def begun(**changes: Any) -> Agreement:
        draft = agreement_actions.begin(town.editor, town.social, uuid4(), terms(**changes))
        agreement_actions.add_party(town.editor, draft, town.organisation)
        draft.refresh_from_db()
        return draft

    def proposed(draft: Agreement) -> Agreement:
        agreement_actions.propose(town.editor, draft, draft.version)
        draft.refresh_from_db()
        return draft

    def in_force(draft: Agreement) -> Agreement:
        agreement_actions.accept(town.owner, proposed(draft).wordings.get())
        draft.refresh_from_db()
        return draft

    town.agreements = {
        "public agreement": in_force(begun()),
        "agreement for the parties alone": in_force(begun(public=False)),
        "draft agreement": begun(),
        "proposed agreement": proposed(begun()),
        "dropped agreement": agreement_actions.drop(town.editor, begun()),
    }
    town.agreements["public agreement"].reviews.create(due=clock.today() + timedelta(days=30))


def fill_council(town: Town) -> None:
    """A council in which the council member and the reader sit, with one of everything in each state."""
    secretary, act = town.people["council secretary"], council_actions
    about = {"name": "Rådet", "purpose": "Råder kommunen.", "answer_days": 30}
    council = act.found_council(secretary, town.municipality, about)
    begun, soon = clock.today() - timedelta(days=30), clock.now() + timedelta(days=9)
    seats = [act.add_seat(secretary, council, "politician") for _number in range(3)]
    terms = [
        act.seat_member(secretary, seat, town.people[name], affiliation="", starts=begun, ends=None)
        for seat, name in zip(seats, ("council member", "reader"), strict=False)
    ]

    def meeting(title: str) -> CouncilMeeting:
        fields = {"title": title, "starts": soon, "ends": soon + timedelta(hours=1), "place": "Her"}
        made = act.plan_meeting(secretary, council, {**fields, "open_to_all": True})
        for number in (1, 2):
            act.add_item(secretary, made, title=f"Punkt {number}", text="")
        return made

    def held(title: str) -> CouncilMeeting:
        made, past = act.call_meeting(secretary, meeting(title)), clock.now() - timedelta(days=2)
        CouncilMeeting.objects.filter(pk=made.pk).update(starts=past, ends=past + timedelta(hours=1))
        made.refresh_from_db()
        return made

    def advice(title: str) -> Any:
        fields = {
            "department": town.social,
            "meeting": None,
            "title": title,
            "text": "Gør det.",
            "themes": [],
            "goals": [],
        }
        return act.draft_advice(secretary, council, fields)

    def given(title: str) -> Any:
        made = advice(title)
        return act.give_advice(secretary, made, clock.today() + timedelta(days=30), made.version)

    prepared, approved = meeting("Kladde"), act.write_minutes(secretary, held("Godkendt"), "Alle var der.", "", 0)
    for name in ("council member", "reader"):
        approved = act.answer_minutes(town.people[name], approved, approves=True)
    left_behind = given("Efterladt")
    ended = make_department(town.municipality, "Ophørt")
    Advice.objects.filter(pk=left_behind.pk).update(department=ended)
    Department.objects.filter(pk=ended.pk).update(valid_to=clock.today())
    told = {"title": "Flere bænke", "text": "Derfor.", "show_name": False}
    drafted = advice("Kladde")
    public = Listing.objects.get(kind="challenge", subject_id=town.challenges["public challenge"].pk)
    act.link_listing(secretary, drafted, public)
    town.files["paper of a meeting being prepared"] = file_of(
        prepared.items.first(), secretary, "bilag.txt", "text/plain"
    )
    town.council = {
        "council": council,
        "empty seat": seats[2],
        "member": terms[0],
        "meeting being prepared": prepared,
        "called meeting": act.call_meeting(secretary, meeting("Indkaldt")),
        "held meeting": held("Holdt"),
        "minutes that wait": act.write_minutes(secretary, held("Venter"), "Alle var der.", "", 0),
        "approved minutes": approved,
        "proposal of the person without a role": act.propose(town.neighbour, council, **told),
        "letter about a proposal": act.propose(AnonymousUser(), council, name="Ida", email="ida@example.dk", **told),
        "advice being written": drafted,
        "advice to a department that has ended": left_behind,
        "given advice": given("Givet"),
        "answered advice": act.answer_advice(town.editor, given("Besvaret"), "follows", "Ja."),
        "challenge": public,
    }
    act.tell_progress(town.editor, town.council["answered advice"], "done", "Det er sket.")


def fill_community(town: Town) -> None:
    """A district with a community manager, who introduces the department, the organisation and the neighbour."""
    manager = town.community_manager
    district = District.objects.create(municipality=town.municipality, name="Bramdrupdam", slug="bramdrupdam")
    town.appointment = Appointment.objects.create(district=district, user=manager)

    body = LocalBody.objects.create(
        municipality=town.municipality, name="Bramdrupdam Lokalråd", slug="bramdrupdam", kind="local_council",
        district=district,
    )  # fmt: skip
    wished = {"text": "", "source": "", "taken_by": "", "became": "", "asked_on": clock.today(), "state": "asked"}
    town.wish = community_actions.add_wish(manager, {"local_body": body, "title": "Et sted at mødes", **wished})

    def draft() -> Introduction:
        begun = community_actions.begin(manager, district, uuid4(), "En sal til reparationscaféen")
        for party in (town.social, town.organisation, town.neighbour):
            community_actions.add_party(manager, begun, party, "De andre har, hvad I mangler.")
        return begun

    def accepted() -> Introduction:
        sent = community_actions.send(manager, draft())
        for person in (town.editor, town.owner, town.neighbour):
            community_actions.answer(person, asking_of(sent, person), "yes", shares_contact=True)
        sent.refresh_from_db()
        return sent

    told = {"title": "Yrsa", "email": "", "phone": "", "text": "Ring", "follow_up": clock.today()}
    town.note = community_actions.write_note(manager, district, uuid4(), told)
    town.fitting = sides_of(town, "open dialogue")
    for listing in town.fitting:
        listing.districts = [district.pk]
        listing.codes = codes_of(listing)
        listing.save()
    town.set_aside = community_actions.set_aside(manager, district, *town.fitting)
    finished = accepted()
    community_actions.conclude(manager, finished, "going_on", "De mødes hver fredag.")
    closed = community_actions.send(manager, draft())
    town.introductions = {
        "draft introduction": draft(),
        "sent introduction": community_actions.send(manager, draft()),
        "accepted introduction": accepted(),
        "finished introduction": finished,
        "closed introduction": community_actions.withdraw(manager, closed),
    }


def asking_of(introduction: Introduction, person: Any) -> Asking:
    """What the person is asked, herself or for her party."""
    whole = introduction.askings.select_related("party__department", "party__organisation", "party__person")
    return next(asking for asking in whole if person in voices_of(asking.party))


def fill_applications(town: Town) -> None:
    """The organisation's applications to a pool, in each state, with a question and a file."""
    manager, due = town.people["fund manager"], clock.today() + timedelta(days=9)
    town.call = make_call(manager, town.municipality, name="Puljen for ansøgninger")

    def sent(about: str) -> Any:
        draft = make_draft(town.owner, town.organisation, town.call, title=about)
        return application_actions.send(town.owner, draft)

    def decided(about: str, granted: bool) -> Any:
        return application_actions.note_decided(sent(about), granted, manager)

    def returned(about: str) -> Any:
        return application_actions.return_to_applicant(manager, sent(about), "Ret budgettet.", due).application

    town.applications = {
        "application begun": make_draft(town.owner, town.organisation, town.call, title="Kladde"),
        "application sent": sent("Sendt"),
        "application sent back": returned("Sendt tilbage"),
        "application granted": decided("Bevilget", granted=True),
        "application refused": decided("Afslået", granted=False),
        "application withdrawn": application_actions.withdraw(town.owner, sent("Trukket")),
    }
    begun = town.applications["application begun"]
    told = {"cvr": "10150817", "giver": "En kommune", "day": clock.today(), "cents": 100_000, "regime": "de_minimis"}
    rows = {"aid": [told], "linked": [{"cvr": "10150817", "name": "Søsterselskabet"}]}
    for about in ("application begun", "application sent back"):
        found = town.applications[about]
        found.refresh_from_db()
        application_actions.write(town.owner, found, {}, found.version, rows=rows)
    town.application_question = application_actions.ask_applicant(
        manager, town.applications["application sent"], "Har I et køkken?", due
    )
    keep_file(ContentFile(b"Regnskab", name="regnskab.txt"), subject=begun, by=town.owner)


def fill_assessment(town: Town) -> None:
    """Assessors of the applications: one is asked, one reads, one is done, one has a conflict; another is closed."""
    manager, pool, act = town.people["fund manager"], town.call.pool, assessment_actions
    criterion = Criterion.objects.create(rules=town.call.rules, number=90, name="Effekt", weight=2)
    given = {each.pk: act.Given(3, "Derfor") for each in town.call.rules.criteria.all()}
    people = [town.people[name] for name in ("buyer", "caseworker", "council secretary", "data officer")]
    for person in (*people, town.people["editor, other department"]):
        PoolDuty.objects.create(pool=pool, user=person, duty="assessor")
    PoolDuty.objects.create(pool=pool, user=town.people["department lead"], duty="decider")
    sent, other = town.applications["application sent"], town.applications["application sent back"]
    asked, reading, done, conflict = (act.assign(manager, sent, person, due=None) for person in people)
    act.clear(people[1], reading)
    act.save_scores(people[1], reading, {criterion.pk: act.Given(1, "Kladde")}, "Kladde")
    act.finish(people[2], act.clear(people[2], done), given, "Godt")
    act.declare_conflict(people[3], conflict, "Min søster.")
    remark = act.remark(people[2], sent, "Hvad mener I?")
    closed = act.assign(manager, other, people[0], due=None)
    act.finish(people[0], act.clear(people[0], closed), given, "Godt")
    act.close_discussion(manager, other)
    town.assessment = {
        "assessment asked for": asked,
        "assessment begun": reading,
        "assessment done": done,
        "assessment with a conflict": conflict,
        "remark": remark,
    }


def fill_decisions(town: Town) -> None:
    """Decisions of the organisation's applications in each state, one heard about and one complained of."""
    manager, decider, act = town.people["fund manager"], town.people["department lead"], decision_actions
    words = {"outcome": "refused", "oere": 0, "reasons": "Derfor.", "conditions": ""}

    def drafted(about: str) -> Any:
        waiting = application_actions.send(
            town.owner, make_draft(town.owner, town.organisation, town.call, title=about)
        )
        return act.draft(manager, waiting, words)

    def decided(about: str) -> Any:
        proposed = act.propose(manager, drafted(about))
        return act.say_yes(decider, proposed, proposed.version)

    heard = drafted("Høres")
    hearing = hearings.hear(manager, heard, "Der er gæld.", clock.today() + timedelta(days=9))
    complained = decided("Påklaget")
    town.decisions = {
        "drafted decision": drafted("Udkast"),
        "decision being heard": heard,
        "proposed decision": act.propose(manager, drafted("Foreslået")),
        "decision": decided("Afgjort"),
        "decision complained of": complained,
        "hearing": hearing,
        "complaint": complaints.complain(town.owner, complained, "Forkert."),
    }


def fill_fieldwork(town: Town) -> None:
    """Offers and stays in the states that their acts need."""
    act, host, soon = fieldwork_actions, town.editor, clock.today() + timedelta(days=9)

    def offer(title: str) -> Any:
        words = {
            "text": "Kom.",
            "rules": "",
            "declaration": "Jeg tier.",
            "institution": "Skolen",
            "address": "",
            "kind": "desk",
        }
        return act.draft_offer(host, town.social, {**words, "title": title})

    def period(of: Any) -> Any:
        return act.add_period(host, of, starts=soon, ends=soon + timedelta(days=2), places=2)

    def stay(of: Any) -> Any:
        return act.apply(town.owner, period(of), town.organisation, "Vi vil forstå jer.")

    drafted, offered, shared = offer("Kladde"), offer("Åbent"), offer("Lært")
    free = period(offered)
    period(drafted)
    period(shared)
    act.open_offer(host, offered)
    act.open_offer(host, shared)
    over = act.accept(host, stay(shared), "Ja.")
    act.sign(town.owner, over, "Olga Ejer", over.period.offer.version)
    FieldworkPeriod.objects.filter(pk=over.period_id).update(
        starts=clock.today() - timedelta(days=3), ends=clock.today()
    )
    over.period.refresh_from_db()
    told = act.write_learned(town.owner, over, "Vi lærte meget.", agrees=True)
    act.agree(host, told, told.wording)
    unshared = act.write_learned(host, over, "Det gjorde vi også.", agrees=True)
    town.fieldwork = {
        "draft of an offer": drafted,
        "open offer": offered,
        "free period": free,
        "application": stay(offered),
        "agreed stay": act.accept(host, stay(offered), "Ja."),
        "stay that is over": over,
        "shared text": told,
        "text to agree to": unshared,
    }


HEADINGS, SHEET = ["Navn", "Type"], "Navn;Type\r\n{name};forening"


def sheet(name: str) -> bytes:
    """A file of organisations with one row."""
    return SHEET.format(name=name).encode()


def fill_imports(town: Town) -> None:
    def uploaded(name: str) -> ImportRun:
        content = sheet(name)
        here = town.municipality
        return import_actions.upload(
            town.administrator, here, "organisation", io.BytesIO(content), name="liste.csv", size=len(content)
        )

    def checked(name: str) -> ImportRun:
        run = uploaded(name)
        guesses = guess_columns(IMPORTERS["organisation"], town.municipality, run.columns)
        chosen = {column: guess.field for column, guess in enumerate(guesses)}
        return import_actions.choose_columns(town.administrator, run, chosen, publish=False)

    done = checked(f"Importeret i {town.municipality}")
    import_actions.start(town.administrator, done)
    town.imports = {
        "uploaded import": uploaded("Alfa"),
        "checked import": checked("Beta"),
        "finished import": import_actions.perform(done.pk, town.administrator),
    }


def fill_entrance(town: Town) -> None:
    """Questions of the organisation's owner and of a guest, each at another point; the social department answers."""
    here, sorter, contact = town.municipality, town.people["community manager"], town.people["contact person"]
    topic = CaseTopic.objects.create(municipality=here, name="Måltider", words="spise mad", department=town.social)
    profile = ContactProfile.objects.create(user=contact, department=town.social)
    away = clock.today() + timedelta(days=30)

    def asked(text: str) -> Case:
        return entrance_actions.ask(town.owner, here, text, organisation=town.organisation)

    def routed(text: str) -> Case:
        return entrance_actions.route(sorter, asked(text), town.social, topic)

    question = routed("Hvem kan vi spise med?")
    closed = routed("Har I et bord?")
    merged = routed("Har I to borde?")
    entrance_actions.merge(sorter, merged, question)
    merged.refresh_from_db()
    entrance_actions.note(contact, question, "Spørg plejecentret.")
    entrance_actions.answer(contact, closed, "Ja.")
    entrance_actions.rate(town.owner, closed, RatingAnswer.YES)
    public = PublicAnswer(department=town.social, written_by=contact)
    words = {"question_da": "Må vi spise med?", "answer_da": "Ja, spørg stedet."}
    entrance_actions.save_public_answer(contact, public, words)
    entrance_actions.close(contact, closed, Outcome.HELPED)
    closed.refresh_from_db()
    question.refresh_from_db()
    confirmed = entrance_actions.ask(None, here, "Hvad koster to?", email="gaest@example.dk")
    town.cases = {
        "new question": asked("Hvem har en stol?"),
        "routed question": question,
        "second question": routed("Hvem vasker op?"),
        "closed question": closed,
        "merged question": merged,
        "guest's question": entrance_actions.ask(None, here, "Hvad koster det?", email="gaest@example.dk"),
        "guest's confirmed question": entrance_actions.confirm(Letter(confirmed.key), confirmed),
    }
    guest = town.cases["guest's question"].messages.first()
    town.desks = {
        "candidate": make_employee(here, "contact_person", town.culture),
        "topic": topic,
        "contact": profile,
        "absence": Absence.objects.create(contact=profile, starts=away, ends=away + timedelta(days=5)),
        "answer": SavedAnswer.objects.create(department=town.social, title="Tider", text="8-15", written_by=contact),
        "public answer": public,
        "published answer": entrance_actions.publish(
            contact,
            PublicAnswer.objects.create(
                department=town.social, written_by=contact, question_da="Er det gratis?", answer_da="Ja."
            ),
        ),
        "task": entrance_actions.give_task(contact, question, town.culture, "Har I et køkken?"),
    }
    town.files["file of the guest's question"] = file_of(guest, None, "pris.txt", "text/plain")
    town.files["file of a question"] = file_of(question.messages.first(), town.owner, "bord.txt", "text/plain")


def fill_pools(town: Town) -> None:
    """An open pool of money with paid and unpaid quarters, drafts beside what is published, and a closed year."""
    manager, today = town.people["fund manager"], clock.today()
    pool = make_pool(town.municipality, manager, leftover="returned")
    hidden = pool_actions.make_pool(manager, town.municipality, POOL)
    ready = pool_actions.make_pool(manager, town.municipality, POOL)
    make_rules(manager, ready)
    over = date(today.year - 2, 1, 1)
    giver = pool_actions.add_contributor(manager, pool, town.social, over)
    once = pool_actions.decide(manager, giver, over.year, Promise("Sag 1", over, sum=400_00), on=over)
    pool_actions.note_paid(manager, once.parts.order_by("quarter")[0], "B0", over)
    closed = pool_actions.close_year(manager, pool, over.year)
    given, untouched = (
        pool_actions.decide(manager, giver, year, Promise("Sag 7", today, sum=400_00))
        for year in (today.year, today.year + 1)
    )
    paid, second, unpaid = given.parts.order_by("quarter")[:3]
    for part in (paid, second):
        pool_actions.note_paid(manager, part, "B1")
    contact, fourth = town.people["contact person"], given.parts.get(quarter=4)
    pool_actions.confirm(contact, given, given.version)
    pool_actions.say_paid(contact, fourth, today, "S4")
    fields = {"title_en": "", "text": "", "text_en": "", "answer_by": None, "set_aside": 0}
    published, draft = (
        pool_actions.draft_call(
            manager, pool, {**fields, "title": title, "opens": today, "closes": today + timedelta(days=30)}
        )
        for title in ("Åben", "Kladde")
    )
    pool_actions.publish(manager, published)
    town.pools = {
        "open pool": pool,
        "draft pool": hidden,
        "draft pool with rules": ready,
        "open pool without calls": make_pool(town.municipality, manager),
        "contributor": giver,
        "contribution": untouched,
        "paid quarter": paid,
        "quarter to pay": unpaid,
        "quarter said to be paid": fourth,
        "published call": published,
        "draft call": draft,
        "rules": pool.rules.get(),
        "draft of the rules": pool_actions.draft_rules(manager, pool),
        "duty": pool_actions.give_duty(manager, pool, manager, "assessor", today),
        "share": closed.shares.get(),
    }


def fill_terms(town: Town) -> None:
    """Terms over several years between the department and the organisation: a draft, and some that reviews look at."""
    today = clock.today()
    fields = {
        "title": "Drift i tre år", "goal": "Flere i job", "promised_effect": "", "public": False, "starts": today,
        "ends": today + timedelta(days=1000),
    }  # fmt: skip
    given = {
        "kind": "money", "text": "Driftstilskud", "oere": 100_000, "effect": "Ti i job", "otherwise": "Det sættes ned.",
    }  # fmt: skip

    def draft() -> Any:
        begun = agreement_actions.begin(town.editor, town.social, uuid4(), fields, AgreementKind.TERMS)
        agreement_actions.add_party(town.editor, begun, town.organisation)
        terms_actions.add(town.editor, begun, given)
        begun.refresh_from_db()
        return begun

    def active() -> Any:
        begun = draft()
        review = agreement_actions.plan_review(town.editor, begun, today)
        agreement = agreement_actions.accept(town.owner, agreement_actions.propose(town.editor, begun, begun.version))
        agreement_actions.hold_review(town.owner, review, "attention", "Seks er i job.")
        return agreement

    looked_at, adjusted = active(), active()
    review, term = adjusted.reviews.get(), adjusted.long_terms.get()
    changed = {term.pk: {"oere": 90_000}}
    town.terms = {
        "draft of terms": draft(),
        "terms": looked_at,
        "adjusted terms": adjusted,
        "adjustment": terms_actions.conclude(town.editor, review, "adjusted", "Færre.", adjusted=changed),
    }


def fill_grants(town: Town) -> None:
    """A grant whose first instalment is asked for, one whose report is sent, and what is asked of both."""
    funding = make_funding(town.municipality, aid_regime="none")
    asked, sent = (give(funding, town.organisation, town.owner) for _number in range(2))
    first, other = asked.instalments()[0], sent.instalments()[0]
    grant_instalments.ask(town.owner, first, "Her er det.", [ContentFile(b"Underskrevet.", "kontrakt.txt")])
    grant_instalments.note_paid(sent.manager, grant_instalments.approve(sent.manager, other), clock.today(), "U-1")
    handed, done, ready = (give(funding, town.organisation, town.owner) for _number in range(3))
    grant_instalments.approve(handed.manager, handed.instalments()[0])
    grant_payments.hand_over(handed.manager, town.municipality)
    grant_instalments.approve(ready.manager, ready.instalments()[0])
    grant_reports.approve(done.manager, reported(done), share=True)
    fill_terms(town)
    words = {"text": "Godt.", "worse": "", "experience": "Meget.", "shared": False}
    report = handed.grant.reports.get()
    read = grant_payments.read_in(handed.manager, town.municipality, "betalt.csv", b"key;amount\nabc;10\n")
    town.grants = {
        "a grant": asked.grant,
        "a grant with a report": sent.grant,
        "a report to write": asked.grant.reports.get(),
        "a report that is sent": reported(sent),
        "a change": grant_changes.ask_change(town.owner, asked.grant, "Vi blev forsinket.", None),
        "a grant that is done": done.grant,
        "a grant that is handed over": handed.grant,
        "a report that is written": grant_reports.write(town.owner, report, words, {}, {}, report.version),
        "a file that is read in": read,
        "money asked back": grant_changes.demand(sent.manager, sent.grant, 1000, "Ikke brugt.", clock.today()),
    }
