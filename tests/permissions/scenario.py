"""All visits: every address with an object in the state that its act needs, and a form that lacks nothing.

So whoever may do it does it, and a refusal is one because of who asks.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from fyrtaarn.entrance.mail import letter_of
from fyrtaarn.foundation import clock, notices
from fyrtaarn.foundation.files import files_of
from fyrtaarn.foundation.models import Notice
from fyrtaarn.grants.models import EuroRate
from fyrtaarn.listings.models import Listing, SavedSearch
from fyrtaarn.people.models import Role
from fyrtaarn.privacy.models import Copy, Register
from fyrtaarn.ranking.models import RankingExample
from fyrtaarn.topics.models import Theme
from fyrtaarn.vocabulary import actions as vocabulary_actions
from fyrtaarn.vocabulary.models import VocabularyConcept
from fyrtaarn.vocabulary.queries import draft_version
from tests.effects.conftest import make_indicator
from tests.harness.jobs import failed_job
from tests.harness.people import make_user
from tests.pools.making import POOL, RULES
from tests.portal.conftest import SITUATION
from tests.vocabulary.conftest import begin as begin_vocabulary

from .town import Town, asking_of, sheet, sides_of
from .walking import Visit

# The sign-in library's own pages are about the visitor alone, health pages tell nothing, and metrics ask for a token.
ELSEWHERE = {"livez", "readyz", "operations:metrics", "operations:security-text"}
LIBRARY = ("account_", "mfa_", "social", "openid_connect_", "saml_", "usersessions_", "api:")

SITUATION_FORM = {"title": "Ældre spiser alene", "situation": SITUATION}
SOLUTION_FORM = {
    "title": "Fællesspisning", "what": "Vi laver mad.", "stage": "tried", "capacity_now": "some",
    "price_model": "free", "confirm_every": "180", "references-TOTAL_FORMS": "0", "references-INITIAL_FORMS": "0",
}  # fmt: skip


def own_visits(town: Town) -> list[Visit]:
    """What concerns the visitor alone, or everybody alike."""
    return [
        *open_pages(town),
        *own_pages(town),
        *organisation_pages(town),
        *solution_pages(town),
        *word_pages(town),
        *operation_pages(),
    ]


def municipal_visits(town: Town) -> list[Visit]:
    """What belongs to one municipality and its people."""
    return [
        *administration(town),
        *claims(town),
        *ambassador_pages(town),
        *pitch_pages(town),
        *challenge_pages(town),
        *dialogue_pages(town),
        *agreement_pages(town),
        *community_pages(town),
        *effect_pages(town),
        *import_pages(town),
        *council_pages(town),
        *entrance_pages(town),
        *fieldwork_pages(town),
        *application_pages(town),
        *assessment_pages(town),
        *decision_pages(town),
        *pool_pages(town),
        *grant_pages(town),
    ]


def open_pages(town: Town) -> list[Visit]:
    names = (
        "home", "about", "accessibility", "accessibility-short", "privacy", "cookies", "components", "overview",
    )  # fmt: skip
    return [
        *(Visit(f"site:{name}") for name in names),
        Visit("site:language", form={"language": "da"}),
        Visit("site:municipal-home", kwargs=town.place),
        Visit("site:accent", kwargs=town.place),
        Visit("api-try"),
        Visit("people:personas"),
        Visit("people:persona-sign-in", "a persona", {"pk": make_user("Perle", persona="Reader").pk}),  # type: ignore[attr-defined]
        *(Visit(f"listings:{name}") for name in ("challenges", "solutions", "organisations", "search")),
        *(
            Visit(f"listings:municipal-{name}", kwargs=town.place)
            for name in ("challenges", "solutions", "organisations", "search")
        ),
        Visit("listings:suggestions", query="?q=cykel"),
        Visit("agreements:agreements"),
        Visit("agreements:municipal-agreements", kwargs=town.place),
        Visit("entrance:ask", kwargs=town.place, form={"text": "Hvem ved det?", "email": "ny@example.dk"}),
        Visit("entrance:sent", kwargs=town.place),
        Visit("portal:departments", kwargs=town.place),
        Visit("portal:department", kwargs={**town.place, "slug": town.social.slug}),
    ]


def operation_pages() -> list[Visit]:
    return [
        Visit("operations:standing"),
        Visit("operations:try-again", "work that has failed", {"pk": failed_job()}),
    ]


def stored(name: str) -> str:
    """The name of a file that is there, whoever made it first."""
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(b"PK"))


def own_pages(town: Town) -> list[Visit]:
    notice = Notice.objects.create(recipient=town.editor, kind="organisations.joined", path="/min/overblik/",
                                   params={"organisation": "X", "person": "Y"})  # fmt: skip
    search = SavedSearch.objects.create(user=town.editor, name="Cykler", kind="solution", question="cykler")
    copy = Copy.objects.create(person=town.editor, made=clock.now(), content=stored("copies/en"))
    told, kept = "a notice to the department editor", "the department editor's search"
    return [
        Visit("people:profile", form={"name": "Nyt navn", "language": "da"}),
        Visit("people:prove"),
        Visit("people:second-step"),
        Visit("people:notices-choose", form=dict.fromkeys(notices.KINDS, "daily")),
        Visit("people:act-as", form={"context": f"municipality:{town.municipality.pk}"}),
        Visit("foundation:notices"),
        Visit("foundation:notices-read"),
        Visit("foundation:notice-read", told, {"pk": notice.pk}),
        Visit("foundation:notice-open", told, {"pk": notice.pk}),
        Visit("people:demo-mail"),
        Visit("privacy:mine"),
        Visit("privacy:copy-ask"),
        Visit("privacy:copy-fetch", "the department editor's copy", {"key": copy.key}),
        Visit("privacy:erase"),
        Visit("privacy:call-back"),
        Visit("portal:my-challenges"),
        Visit("portal:my-solutions"),
        Visit("organisations:mine"),
        Visit("meetings:meetings"),
        Visit("entrance:mine"),
        Visit("agreements:mine"),
        Visit("community:askings"),
        Visit("fieldwork:mine"),
        Visit("listings:saved-searches"),
        Visit("listings:save-search", "", {"overview": "challenges"}, form={"name": "Ny", "rhythm": "daily"}),
        Visit(
            "listings:change-search", kept, {"pk": search.pk},
            form={f"{search.pk}-name": "Ny", f"{search.pk}-rhythm": "daily"},
        ),
        Visit("listings:delete-search", kept, {"pk": search.pk}),
    ]  # fmt: skip


def organisation_pages(town: Town) -> list[Visit]:
    own, free = {"slug": town.organisation.slug}, {"slug": town.unclaimed.slug}
    membership = town.organisation.memberships.get(kind="member")
    letter, claim = town.letters["team"], town.letters["claim"]
    told = {"name": "Xylofonværkstedet", "kind": "association", "home": town.municipality.pk, "language": "da"}
    about, unclaimed, to = "organisation with a team", "organisation without a team", "to the person without a role"
    return [
        Visit("organisations:start", form={"cvr": ""}),
        Visit("organisations:create", form=told),
        Visit("organisations:edit", about, own, form={**told, "version": town.organisation.version}),
        Visit("organisations:team", about, own),
        Visit("organisations:invite", about, own, form={"email": "ny@example.dk", "kind": "member"}),
        Visit("organisations:invitation-withdraw", about, {**own, "pk": letter.pk}),
        Visit("organisations:member-change", about, {**own, "pk": membership.pk}, form={"kind": "owner"}),
        Visit("organisations:member-end", about, {**own, "pk": membership.pk}),
        Visit("organisations:invitation", to, {"token": letter.token}),
        Visit("organisations:claim", about, own, form={"ground": "Jeg er leder"}),
        Visit("organisations:claim", unclaimed, free, form={"ground": "Jeg er leder"}),
        Visit("organisations:claim-withdraw", "the claim of the person without a role", {"pk": claim.pk}),
        Visit("portal:organisation", about, own),
    ]


def administration(town: Town) -> list[Visit]:
    place, today = town.place, clock.today().isoformat()
    role = Role.objects.create(
        user=make_user(), kind="contact_person", municipality=town.municipality, department=town.social
    )
    letter, to = town.letters["role"], "to the person without a role"
    named, body = {"name": "Nyt navn"}, {"name": "Nyt navn", "kind": "other"}
    forms: dict[str, dict[str, Any]] = {"departments": named, "districts": named, "local-bodies": body}
    here = {"name": town.municipality.name, "accent": "#00476b", "version": town.municipality.version}
    areas = [(part, one, forms[part]) for part, one in town.areas.items()]
    return [
        Visit("areas:administration", "", place),
        Visit("areas:municipality-edit", "", place, form=here),
        *(Visit(f"areas:{part}", "", place) for part in forms),
        *(Visit(f"areas:{part}-new", "", place, form=form) for part, form in forms.items()),
        *(
            Visit(f"areas:{part}-edit", str(one), {**place, "pk": one.pk}, form={**form, "version": one.version})
            for part, one, form in areas
        ),
        Visit("areas:departments-end", str(town.social), {**place, "pk": town.social.pk}, form={"on": today}),
        *(
            Visit(f"areas:{part}-remove", str(town.areas[part]), {**place, "pk": town.areas[part].pk})
            for part in ("districts", "local-bodies")
        ),
        Visit("people:roles", "", place),
        Visit("people:role-new", "", place, form={"email": "ny@example.dk", "kind": "buyer", "language": "da"}),
        Visit("people:role-edit", "a colleague's role", {**place, "pk": role.pk}, form={"kind": "buyer"}),
        Visit("people:role-end", "a colleague's role", {**place, "pk": role.pk}, form={"on": today}),
        Visit("people:invitation-resend", to, {**place, "pk": letter.pk}),
        Visit("people:invitation-withdraw", to, {**place, "pk": letter.pk}),
        Visit("people:invitation", to, {"token": letter.token}),
        Visit("people:invitation-sign-up", to, {"token": letter.token}),
        *personal_data(town),
    ]


def personal_data(town: Town) -> list[Visit]:
    """What those who look after a municipality's data do."""
    place, party = town.place, {"reason": "Sag 1"}
    register = Register.objects.create(
        municipality=town.municipality, person=town.owner, reason="Sag 1", by=town.people["data officer"],
        made=clock.now(), content=stored("registers/en"),
    )  # fmt: skip
    decision = {
        "holding": "meetings.message",
        "before": clock.today().isoformat(),
        "kind": "archived",
        "reference": "A",
    }
    return [
        Visit("privacy:processing", "", place),
        Visit("privacy:due", "", place),
        Visit("privacy:decide", "", place, form=decision),
        Visit("privacy:requests", "", place, query="?q=olga"),
        Visit("privacy:register-person", "a party", {**place, "pk": town.owner.pk}, form=party),
        Visit("privacy:register-organisation", "a party", {**place, "pk": town.organisation.pk}, form=party),
        Visit("privacy:register-fetch", "a register", {**place, "key": register.key}),
    ]


def claims(town: Town) -> list[Visit]:
    place, organisation, free = town.place, town.organisation, town.unclaimed
    told = {"name": free.name, "kind": free.kind, "home": town.municipality.pk, "language": "da", "version": 1}
    return [
        Visit("organisations:edit", "organisation without a team", {"slug": free.slug}, form=told),
        Visit("organisations:claims", "", place),
        Visit(
            "organisations:claim-decide", "a claim", {**place, "pk": town.letters["claim"].pk},
            form={"decision": "approve"},
        ),
        Visit(
            "organisations:verify", "organisation with a team", {**place, "slug": organisation.slug},
            form={"valid_to": "31.12.2099", "criteria": ["commercial"]},
        ),
    ]  # fmt: skip


def ambassador_pages(town: Town) -> list[Visit]:
    active, asked, pausing = (
        "ambassador whom all may see",
        "employee asked to be ambassador",
        "pausing ambassador",
    )

    def visit(name: str, about: str, form: Any = None, **kwargs: Any) -> Visit:
        return Visit(f"organisations:{name}", about, {"pk": town.ambassadors[about].pk, **kwargs}, form=form or {})

    def words(about: str) -> dict[str, Any]:
        return {"help_da": "Jeg kender dem.", "shown": "on", "version": town.ambassadors[about].version}

    where = {**town.place, "department": town.social.pk}
    return [
        Visit("organisations:ambassadors", "", town.place),
        Visit("organisations:ambassador-appoint", "", where, form={"person": town.people["fund manager"].pk}),
        *(visit("ambassador-stop", active, **town.place, step=step) for step in ("pause", "slut")),
        *(visit("ambassador", about, words(about)) for about in (active, asked)),
        visit("ambassador-confirm", active),
        *(visit("ambassador-step", active, step=step) for step in ("pause", "slut")),
        visit("ambassador-step", asked, step="nej"),
        visit("ambassador-step", pausing, step="igen"),
    ]


def pitch_pages(town: Town) -> list[Visit]:
    own, shown, away = "pitch", "shown pitch", "pitch put away"
    waiting, answered = "pitch to comment on", "commented pitch"

    def visit(name: str, about: str, form: Any = None, **kwargs: Any) -> Visit:
        return Visit(f"pitches:{name}", about, {"pk": town.pitches[about].pk, **kwargs}, form=form or {})

    def asked(name: str, about: str, form: Any = None) -> Visit:
        return Visit(f"pitches:{name}", about, {"pk": town.reviews[about].pk}, form=form or {})

    ambassador = town.ambassadors["ambassador whom all may see"].pk
    due = (clock.today() + timedelta(days=5)).isoformat()
    texts: dict[str, dict[str, Any]] = {
        "problem": {"problem": "Nyt"}, "solution": {"effect": "Nyt"}, "ask": {"ask": "Nyt", "language": "da"},
    }  # fmt: skip
    version = town.pitches[own].version
    return [
        Visit("pitches:mine"),
        Visit("pitches:begin", form={"organisation": town.organisation.pk}),
        *(visit("pitch", about) for about in (own, shown, away)),
        *(visit("step", own, {**form, "version": version}, step=step) for step, form in texts.items()),
        visit("paper", own),
        visit("show", own),
        visit("ask", own, {"ambassador": ambassador, "due": due}),
        *(visit("act", about, act=act) for about, act in ((shown, "skjul"), (own, "laeg-vaek"), (away, "tag-frem"))),
        *(
            Visit(f"pitches:{name}", "version asked about", {"pk": town.reviews[waiting].version_id}, form={})
            for name in ("version", "go-back")
        ),
        *(asked("review", about, {"problem": "Hvor mange?"}) for about in (waiting, answered)),
        asked("decline", waiting, {"reason": "Ferie"}),
        asked("withdraw", waiting),
    ]


def challenge_pages(town: Town) -> list[Visit]:
    place, challenges = town.place, town.challenges
    seen = ("public challenge", "internal challenge", "draft challenge", "deleted draft challenge")
    published, written = seen[:2], seen[:3]

    def visits(name: str, *objects: str, kwargs: Any = None, form: Any = None) -> list[Visit]:
        return [
            Visit(
                f"portal:{name}", about, {**place, "pk": challenges[about].pk, **(kwargs or {})},
                form={"version": challenges[about].version, **(form or {})},
            )
            for about in objects
        ]  # fmt: skip

    frame = {"department": town.social.pk, "contact": town.editor.pk}
    shared = "challenge shared with the culture department"
    return [
        Visit("portal:challenge-new", "", place, form=SITUATION_FORM),
        *visits("challenge", *seen, kwargs={"slug": "x"}),
        *visits("challenge-edit", *written, form=SITUATION_FORM),
        *visits("challenge-frame", "draft challenge", form=frame),
        *visits("challenge-review", *written, form={"audience": "public", "go": "publish"}),
        *visits("challenge-step", *published, kwargs={"step": "start_dialogue"}),
        *visits("challenge-end", *published, kwargs={"step": "close"}, form={"learned": "Vi lærte meget."}),
        *visits("challenge-leave", shared, kwargs={"department": town.culture.pk}),
        *visits("challenge-delete", "draft challenge"),
        *visits("challenge-restore", "deleted draft challenge"),
    ]


def solution_pages(town: Town) -> list[Visit]:
    offered, withdrawn, draft, deleted = (
        "offered solution", "withdrawn solution", "draft solution", "deleted draft solution",
    )  # fmt: skip

    def visits(name: str, *objects: str, kwargs: Any = None, form: Any = None) -> list[Visit]:
        return [
            Visit(
                f"portal:{name}", about, {"pk": town.solutions[about].pk, **(kwargs or {})},
                form={"version": town.solutions[about].version, **(form or {})},
            )
            for about in objects
        ]  # fmt: skip

    query = f"?organisation={town.organisation.pk}"
    return [
        Visit("portal:solution-new", "in the organisation's name", query=query, form=SOLUTION_FORM),
        *visits("solution", offered, withdrawn, draft, deleted, kwargs={"slug": "x"}),
        *visits("solution-edit", offered, withdrawn, draft, form=SOLUTION_FORM),
        *visits("solution-publish", withdrawn, draft),
        *visits("solution-withdraw", offered),
        *visits("solution-confirm", offered),
        *visits("solution-copy", offered, draft),
        *visits("solution-delete", draft),
        *visits("solution-restore", deleted),
        *(file_page(town, about) for about in town.files if about.startswith("picture")),
    ]


def word_pages(town: Town) -> list[Visit]:
    """The shared words, which belong to no municipality."""
    concepts = begin_vocabulary()
    concept = concepts["c:cykler"]
    wanted = replace(concept.entry, danish=(*concept.danish, "jernhest"))
    proposal = vocabulary_actions.propose(
        concept, wanted, "Vi siger jernhest", town.municipality, by=town.administrator
    )
    food = concepts["c:mad"]
    VocabularyConcept.objects.filter(pk=food.pk).update(danish=[*food.danish, "spise"])  # the draft that is published
    said = {"why": "Vi siger det", "municipality": town.municipality.pk}
    forms: dict[str, dict[str, Any]] = {
        "concept": {"label_da": "Cykler", "danish": "cykel\ncykelværksted", "version": concept.version, **said},
        "concept-merge": {"into": "Mad"},
        "concept-split": {"label_da": "Ladcykler", "words": ["ladcykel"]},
    }
    acts = ("concept", "concept-merge", "concept-split", "concept-withdraw", "concept-restore", "concept-undo",
            "concept-settle")  # fmt: skip
    pages = (
        "questions",
        "concepts",
        "add-word",
        "draft",
        "proposals",
        "versions",
        "export",
        "import",
        "import-take-in",
    )
    proposed = "the municipality's proposal"
    return [
        Visit("vocabulary:municipal-questions", "", town.place),
        Visit("vocabulary:asked"),
        *(Visit(f"vocabulary:{page}") for page in pages),
        Visit("vocabulary:concept-new", form={"kind": "c", "label_da": "Nyt", "danish": "nyord", **said}),
        *(Visit(f"vocabulary:{act}", "a concept", {"pk": concept.pk}, form=forms.get(act, {})) for act in acts),
        Visit("vocabulary:proposal", proposed, {"pk": proposal.pk}, form={"act": "accept"}),
        Visit("vocabulary:proposal-take-back", proposed, {"pk": proposal.pk}),
        *topic_pages(),
        *example_pages(),
        Visit("vocabulary:version", "", {"number": 1}),
        Visit("vocabulary:version-go-back", "", {"number": 1}),
    ]


def topic_pages() -> list[Visit]:
    theme = Theme.objects.create(name="Havet", name_en="The sea", slug="havet")
    form = {"name": "Havet og kysten", "name_en": "The sea and the coast", "version": theme.version}
    where = {"part": "temaer", "pk": theme.pk}
    return [
        Visit("vocabulary:topics"),
        Visit("vocabulary:topic-new", kwargs={"part": "temaer"}, form=form | {"name": "Skoven", "name_en": "The wood"}),
        Visit("vocabulary:topic", "a theme", where, form=form),
        Visit("vocabulary:topic-remove", "a theme", where),
    ]


def example_pages() -> list[Visit]:
    """Examples of the ranking, and the preview from which the draft is published."""
    example = {"pk": RankingExample.objects.create(question="cykler").pk}
    return [
        Visit("ranking:preview", form={"note": "Vi siger det", "draft": draft_version()}),
        Visit("ranking:examples", form={"question": "mad til gamle"}),
        Visit("ranking:example", "an example", example),
        Visit("ranking:example-remove", "an example", example),
    ]


def file_page(town: Town, about: str) -> Visit:
    stored = town.files[about]
    return Visit("foundation:file", about, {"key": stored.key, "name": stored.name})


def dialogue_pages(town: Town) -> list[Visit]:
    asked, talking, over = (town.dialogues[about] for about in ("question", "open dialogue", "ended dialogue"))
    last = talking.messages.last()
    sought, offered = sides_of(town, "unopened dialogue")
    pair = f"?sought={sought.pk}&offered={offered.pk}"
    polite = {"sentence": "0"}
    return [
        Visit("meetings:meeting-new", "for the department", query=pair, form={"counterpart": sought.pk, "text": "Hej"}),
        Visit(
            "meetings:meeting-new", "for the organisation", query=pair, form={"counterpart": offered.pk, "text": "Hej"}
        ),
        Visit("meetings:meeting", "question to the department", {"pk": asked.pk}, form={"text": "Og mere"}),
        Visit("meetings:meeting", "open dialogue", {"pk": talking.pk}, form={"text": "Og mere"}),
        Visit("meetings:meeting-journal", "open dialogue", {"pk": talking.pk}),
        Visit("meetings:messages-newer", "open dialogue", {"pk": talking.pk}, query="?efter=0"),
        Visit("meetings:meeting-read", "open dialogue", {"pk": talking.pk}, form={"message": last.pk if last else 0}),
        Visit("meetings:meeting-accept", "question to the department", {"pk": asked.pk}),
        Visit("meetings:meeting-decline", "question to the department", {"pk": asked.pk}, form=polite),
        Visit("meetings:meeting-end", "open dialogue", {"pk": talking.pk}, form=polite),
        Visit("meetings:meeting-again", "dialogue ended by the department", {"pk": over.pk}, form={"text": "Igen"}),
        file_page(town, "file of a dialogue"),
    ]


def agreement_pages(town: Town) -> list[Visit]:
    agreements = town.agreements
    active, draft, waiting = (agreements[f"{name} agreement"] for name in ("public", "draft", "proposed"))
    today, version = clock.today().isoformat(), draft.version
    terms = {"title": "Ny titel", "goal": "Nyt mål", "starts": today}
    review, wording = active.reviews.get(), waiting.wordings.get()
    party = draft.parties.get(organisation=town.organisation)
    begun = {"sort": "collaboration", "version": 0}
    department = {**begun, "own": f"department-{town.social.pk}", "draft_key": uuid4()}
    organisation = {**begun, "own": f"organisation-{town.organisation.pk}", "draft_key": uuid4()}
    worked = {"how": "complete", "worked": "Meget", "did_not_work": "Lidt", "next_time": "Mere"}

    def act(name: str, about: str, kwargs: Any = None, **form: Any) -> Visit:
        return Visit(f"agreements:{name}", about, {"pk": agreements[about].pk, **(kwargs or {})}, form=form)

    inner, closed = ("agreement-print", "agreement-journal", "wordings"), ("public agreement", "draft agreement")
    return [
        Visit("agreements:agreement-new", "for the department", form={**terms, **department}),
        Visit("agreements:agreement-new", "for the organisation", form={**terms, **organisation}),
        Visit(
            "agreements:agreement-new", "of the open dialogue", query=f"?dialog={town.dialogues['open dialogue'].pk}",
            form={**terms, **begun},
        ),
        *(act("agreement", about) for about in agreements),
        *(act(page, about) for page in inner for about in closed),
        act("parties", "draft agreement"),
        act("agreement-edit", "draft agreement", **terms, version=version),
        act("party-add", "draft agreement", organisation=town.unclaimed.pk),
        act("party-remove", "draft agreement", {"party": party.pk}),
        act("party-contact", "draft agreement", {"party": party.pk}, contact=town.owner.pk),
        act("agreement-propose", "draft agreement", version=version),
        act("agreement-drop", "draft agreement"),
        act("agreement-resume", "dropped agreement"),
        act("wording-accept", "proposed agreement", {"wording": wording.pk}),
        act("wording-decline", "proposed agreement", {"wording": wording.pk}, reason="Ikke endnu"),
        act("wording-take-back", "proposed agreement", {"wording": wording.pk}),
        act("agreement-change", "public agreement", **terms, reason="Derfor", version=active.version),
        act("agreement-hide", "public agreement"),
        act("status", "public agreement", course="on_track", text="Det går godt"),
        act("review-plan", "public agreement", due=today),
        act("review-hold", "public agreement", {"review": review.pk}, outcome="on_track", note="Godt"),
        act("review-cancel", "public agreement", {"review": review.pk}),
        act("agreement-close", "agreement for the parties alone", **worked),
    ]  # fmt: skip


def council_pages(town: Town) -> list[Visit]:
    things, here = town.council, town.place
    soon = (clock.today() + timedelta(days=20)).isoformat()
    elsewhere = {"municipality": "koebenhavn" if town.municipality.slug == "kolding" else "kolding"}
    words = {"name": "Rådet", "purpose": "Råder.", "answer_days": 20}
    when = {"title": "Møde", "day": soon, "begins": "10:00", "finishes": "11:00", "place": "Her"}
    proposed = {"title": "Flere træer", "text": "Derfor.", "name": "Ida", "email": "ida@example.dk"}
    advised = {"department": town.social.pk, "title": "Gør det", "text": "Nu."}
    second = things["meeting being prepared"].items.get(position=2)
    paper = town.files["paper of a meeting being prepared"]
    unlinked = Listing.objects.get(subject_id=town.challenges["challenge shared with the culture department"].pk,
                                   kind="challenge")  # fmt: skip

    def place(name: str, /, **form: Any) -> Visit:
        return Visit(f"council:{name}", kwargs=here, form=form)

    def act(name: str, about: str, kwargs: Any = None, **form: Any) -> Visit:
        return Visit(f"council:{name}", about, {**here, "pk": things[about].pk, **(kwargs or {})}, form=form)

    def minuted(about: str) -> Visit:
        wording = things[about]
        kwargs = {**here, "pk": wording.meeting_id, "number": wording.number}
        return Visit("council:minutes", about, kwargs, form={"approves": "ja"})

    draft, called, item = "meeting being prepared", "called meeting", {"item": second.pk}
    mine, writing, given = "proposal of the person without a role", "advice being written", "given advice"
    return [
        Visit("council:council-new", "where there is no council yet", elsewhere, form=words),
        *(
            place(name)
            for name in ("council", "members", "proposals", "meetings", "calendar", "all-advice", "this-year")
        ),
        Visit("council:year", kwargs={**here, "year": clock.today().year}),
        place("council-edit", **words),
        place("seat-new", background="research"),
        act("seat-abolish", "empty seat"),
        act("member-new", "empty seat", email=town.neighbour.email, starts=soon),
        act("term-end", "member", last_day=soon),
        place("proposal-new", **proposed),
        Visit("council:letter", "letter about a proposal", {**here, "token": things["letter about a proposal"].token}),
        act("proposal", mine),
        act("proposal-accept", mine, meeting=things[called].pk, reason="Ja"),
        act("proposal-decline", mine, reason="Nej"),
        act("proposal-withdraw", mine),
        place("meeting-new", **when, version=0),
        *(act("meeting", about) for about in (draft, called, "held meeting")),
        *(act("meeting-calendar", about) for about in (draft, called)),
        act("meeting-edit", draft, **when, version=things[draft].version),
        act("meeting-call", draft),
        act("meeting-cancel", called, reason="Sygdom"),
        act("item-new", draft, title="Nyt"),
        act("item-edit", draft, item, title="Ændret"),
        act("item-up", draft, item),
        act("item-remove", draft, item),
        act("paper-remove", draft, {"item": paper.subject_id, "paper": paper.pk}),
        file_page(town, "paper of a meeting being prepared"),
        act("minutes-write", "held meeting", text="Alle var der.", latest=0),
        minuted("minutes that wait"),
        minuted("approved minutes"),
        place("advice-new", **advised, version=0),
        *(act("advice", about) for about in (writing, given, "answered advice")),
        act("advice-edit", writing, **advised, version=things[writing].version),
        act("advice-give", writing, due=soon, version=things[writing].version),
        act("advice-hand-over", "advice to a department that has ended", department=town.social.pk),
        act("advice-answer", given, stance="partly", answer="Lidt af det."),
        act("advice-progress", "answered advice", course="done", text="Det er sket."),
        act("links", writing),
        act("link", writing, {"listing": unlinked.pk}),
        act("unlink", writing, {"listing": things["challenge"].pk}),
    ]


def community_pages(town: Town) -> list[Visit]:
    """A district's board, and the pages of those who are introduced there."""
    appointment, today = town.appointment, clock.today().isoformat()
    board = {**town.place, "slug": appointment.district.slug}
    draft, sent, accepted, finished, closed = (
        town.introductions[f"{name} introduction"] for name in ("draft", "sent", "accepted", "finished", "closed")
    )
    party = draft.parties.get(organisation=None, person=None)
    letter = asking_of(sent, town.editor).letters.get(person=town.editor)
    successor = {"user": town.community_manager.pk, "district": town.areas["districts"].pk, "starts": today}

    pair = {"sought": town.fitting[0].pk, "offered": town.fitting[1].pk}
    wish = {
        "local_body": town.wish.local_body_id, "title": "En bænk", "asked_on": today, "state": "taken", "taken_by": "Os",
    }  # fmt: skip

    def act(name: str, about: str, one: Any, kwargs: Any = None, **form: Any) -> Visit:
        return Visit(f"community:{name}", about, {**board, "pk": one.pk, **(kwargs or {})}, form=form)

    return [
        Visit("community:appointments", "", town.place),
        Visit("community:appoint", "", town.place, form=successor),
        Visit(
            "community:appointment-end", "the community manager's", {**town.place, "pk": appointment.pk},
            form={"on": today},
        ),
        Visit("community:districts", "", town.place),
        Visit("community:district", "", board),
        Visit("community:wishes", "", board),
        Visit("community:wish-new", "", board, form=wish),
        act("wish-follow", "a wish", town.wish, **wish),
        Visit("community:board", "", board),
        *(Visit(f"community:{page}", "", board) for page in ("suggestions", "aside", "listed", "notes")),
        act("fits", "a need of the district", town.fitting[0]),
        Visit("community:set-aside", "", board, form=pair),
        act("bring-back", "a pair set aside", town.set_aside),
        Visit("community:note-new", "", board, form={"title": "Tom sal", "draft_key": uuid4()}),
        act("note", "the community manager's", town.note, title="Yrsa", version=town.note.version),
        act("note-settle", "the community manager's", town.note),
        act("note-delete", "the community manager's", town.note),
        Visit("community:about-me", "", board, form={"greeting": "Ring bare"}),
        Visit("community:introduction-new", "", board, form={"title": "En sal", "draft_key": uuid4()}),
        *(act("introduction", about, one) for about, one in town.introductions.items()),
        act("introduction-rename", "draft introduction", draft, title="En anden sal"),
        act("party-add", "draft introduction", draft, navn="Kultur", party=f"department-{town.culture.pk}", reason="Kom"),
        act("party-reason", "draft introduction", draft, {"party": party.pk}, reason="Derfor"),
        act("party-remove", "draft introduction", draft, {"party": party.pk}),
        act("introduction-discard", "draft introduction", draft),
        act("introduction-send", "draft introduction", draft),
        act("introduction-meet", "accepted introduction", accepted, on=today),
        act("introduction-conclude", "accepted introduction", accepted, outcome="nothing", words="Ikke nu"),
        act("introduction-go-on", "finished introduction", finished),
        act("introduction-withdraw", "sent introduction", sent),
        act("introduction-restore", "closed introduction", closed),
        act("introduction-follow-up", "accepted introduction", accepted, on=today),
        *(
            Visit(f"community:{page}", f"asked of {whom}", {"pk": asking_of(sent, person).pk}, form={"said": "later"})
            for page in ("asking", "answer")
            for whom, person in (("the department", town.editor), ("the organisation", town.owner))
        ),
        Visit(
            "community:contact", "the editor's own", {"pk": asking_of(accepted, town.editor).pk},
            form={"shares_contact": "0"},
        ),
        Visit("community:letter", "to the department editor", {"token": letter.token}, form={"said": "later"}),
    ]  # fmt: skip


def application_pages(town: Town) -> list[Visit]:
    """The team's pages of its applications, and those of the municipality that handles them."""
    things, due = town.applications, (clock.today() + timedelta(days=9)).isoformat()
    begun, sent, back = "application begun", "application sent", "application sent back"
    refused, withdrawn = "application refused", "application withdrawn"

    def own(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        return Visit(f"applications:{name}", about, {"pk": things[about].pk, **(kwargs or {})}, form=form)

    def office(name: str, about: str, /, **form: Any) -> Visit:
        return Visit(f"applications:{name}", about, {**town.place, "pk": things[about].pk}, form=form)

    question = {"question": town.application_question.pk}
    return [
        Visit("applications:mine"),
        Visit("applications:begin", "open call", {"pk": town.call.pk}, form={"organisation": town.organisation.pk}),
        *(own("application", about) for about in things),
        own("step", begun, {"step": "hvad"}, version=things[begun].version),
        own("step", back, {"step": "effekt"}, version=things[back].version),
        own("check", begun),
        own("send", begun),
        own("receipt", sent),
        own("withdraw", sent),
        own("reopen", withdrawn),
        own("carry-over", refused, call=town.call.pk),
        own("answer", sent, question, text="Ja."),
        own("files", begun, uploads=b"Et brev"),
        own("remove-file", begun, file=files_of(things[begun]).get().pk),
        Visit("applications:queue", kwargs=town.place),
        *(office("handled", about) for about in (begun, sent)),
        office("ask", sent, text="Har I et køkken?", due=due),
        office("return", sent, text="Ret budgettet.", due=due),
    ]


def effect_pages(town: Town) -> list[Visit]:
    indicator = make_indicator()
    key, own = {"key": indicator.key}, town.plans["the organisation's plan"]
    planned = own.outcomes.get()
    target = {"target": "40", "target_by": (clock.today() + timedelta(days=90)).isoformat(), "collector": "Butikken"}

    def act(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        plan = town.plans[about]
        return Visit(
            f"effects:plan{name}", about, {"pk": plan.pk, **(kwargs or {})}, form={**form, "version": plan.version}
        )

    mine = "the organisation's plan"
    return [
        Visit("effects:plans"),
        Visit("effects:plan-begin", form={"kind": "organisation", "subject": town.organisation.pk}),
        *(Visit("effects:plan", about, {"pk": plan.pk}) for about, plan in town.plans.items()),
        *(act("-around", about, does="Vi samler cykler.", for_whom="Unge") for about in town.plans),
        act("-outcomes", mine, outcomes=[indicator.outcome_id]),
        Visit("effects:plan-indicators", mine, {"pk": own.pk, "planned": planned.pk}),
        act("-indicator", mine, key, **target),
        act("-indicator-remove", mine, {"planned": planned.indicators.get().pk}),
        act("-honest", mine, worse="Intet", unknown="Meget"),
        Visit("effects:catalogue"),
        Visit("effects:indicator", kwargs=key),
        Visit("effects:indicator-version", kwargs={**key, "number": 1}),
        Visit("effects:wanted", kwargs=town.place),
        Visit("effects:wanted-choose", kwargs=town.place, form={"seen": "", "society": [indicator.outcome_id]}),
    ]


def fieldwork_pages(town: Town) -> list[Visit]:
    things, here = town.fieldwork, town.place
    soon = (clock.today() + timedelta(days=20)).isoformat()
    words = {"kind": "visit", "institution": "Skolen", "title": "Besøg", "text": "Kom.", "version": 1}
    over = things["stay that is over"].pk

    def act(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        return Visit(f"fieldwork:{name}", about, {**here, "pk": things[about].pk, **(kwargs or {})}, form=form)

    draft, free = "draft of an offer", {"period": things["free period"].pk}
    return [
        Visit("fieldwork:all-offers"),
        *(
            Visit(f"fieldwork:{name}", kwargs=here)
            for name in ("offers", "hosted", "guests", "guests-calendar", "stories", "figures")
        ),
        Visit("fieldwork:story", kwargs={**here, "pk": over}),
        Visit("fieldwork:offer-new", kwargs=here, form={**words, "department": town.social.pk}),
        *(act("offer", about) for about in (draft, "open offer")),
        act("offer-edit", draft, **words),
        act("offer-open", draft),
        act("offer-close", "open offer"),
        act("period-new", draft, starts=soon, last_day=soon, places=1),
        act("period-remove", "open offer", free),
        act("apply", "open offer", free, organisation=town.organisation.pk, purpose="Derfor."),
        *(act("stay", about) for about in ("application", "agreed stay")),
        act("stay-accept", "application", reason="Ja."),
        act("stay-decline", "application", reason="Nej."),
        act("stay-cancel", "agreed stay", reason="Sygdom."),
        act("stay-calendar", "agreed stay"),
        act("stay-journal", "agreed stay"),
        act("declaration", "agreed stay", name="Olga Ejer", version=1),
        act("stay-attendance", "stay that is over", came="yes"),
        act("learned", "stay that is over", text="Meget.", agrees="on"),
        *(
            Visit(
                f"fieldwork:learned-{name}",
                about,
                {**here, "pk": over, "learned": things[about].pk},
                form={"wording": 1},
            )
            for name, about in (("agree", "text to agree to"), ("take-back", "shared text"))
        ),
    ]


def import_pages(town: Town) -> list[Visit]:
    content = {"kind": "organisation", "municipality": town.municipality.pk, "file": sheet("Gamma")}
    columns = {"column-0": "name", "column-1": "kind"}

    def act(name: str, about: str, **form: Any) -> Visit:
        return Visit(f"imports:{name}", about, {"pk": town.imports[about].pk}, form=form)

    return [
        Visit("imports:start", "", form=content),
        Visit("imports:municipal-start", "", town.place),
        Visit("imports:template", "", {"kind": "solution"}),
        *(act("run", about) for about in town.imports),
        act("columns", "uploaded import", **columns),
        act("mend", "checked import"),
        act("leave-out-faulty", "checked import"),
        act("begin", "checked import"),
        act("undo", "finished import", keep="1"),
        act("discard", "uploaded import"),
    ]


def entrance_pages(town: Town) -> list[Visit]:
    place, desks, cases = town.place, town.desks, town.cases
    said = {"kind": "note", "text": "Husk det."}
    topic = {"name": "Borde", "days": "5", "words": "bord", "version": desks["topic"].version}
    away = {"starts": "2037-02-02", "ends": "2037-02-09"}

    def of(about: str, **more: Any) -> dict[str, Any]:
        return {**place, "pk": cases[about].pk, **more}

    def desk(name: str) -> dict[str, Any]:
        return {**place, "pk": desks[name].pk}

    own = [Visit("entrance:mine-one", about, {"pk": cases[about].pk}, form={"text": "Hej igen."}) for about in cases]
    letter = {**place, "letter": letter_of(cases["guest's question"])}
    confirmed = {**place, "letter": letter_of(cases["guest's confirmed question"])}
    return [
        *own,
        Visit("entrance:mine-step", "routed question", {"pk": cases["routed question"].pk, "step": "luk"}),
        Visit(
            "entrance:mine-step", "closed question", {"pk": cases["closed question"].pk, "step": "svar"},
            form={"answer": "no"},
        ),
        Visit("entrance:letter", "guest's question, with its letter", letter),
        Visit("entrance:letter", "guest's confirmed question, with its letter", confirmed, form={"text": "Hej igen."}),
        Visit("entrance:letter-step", "guest's question, with its letter", {**letter, "step": "bekraeft"}),
        Visit(
            "entrance:letter-file", "guest's question, with its letter",
            {**letter, "pk": town.files["file of the guest's question"].pk},
        ),
        file_page(town, "file of a question"),
        file_page(town, "file of the guest's question"),
        Visit("entrance:board", kwargs=place),
        Visit("entrance:take-many", kwargs=place, form={"case": [cases["routed question"].pk]}),
        *(Visit("entrance:case", about, of(about), form=said) for about in cases),
        Visit("entrance:send", "new question", of("new question"), form={"department": town.social.pk}),
        Visit("entrance:send", "routed question", of("routed question"), form={"department": town.social.pk, "reason": "Ja"}),
        Visit("entrance:take", "routed question", of("routed question")),
        Visit(
            "entrance:give-task", "second routed question", of("second question"),
            form={"department": town.culture.pk, "what": "Hjælp"},
        ),
        Visit(
            "entrance:finish-task", "routed question, task of the culture department",
            of("routed question", task=desks["task"].pk), form={"answer": "Ja."},
        ),
        Visit("entrance:merge", "new question", of("new question"), form={"other": cases["routed question"].pk}),
        Visit("entrance:unmerge", "merged question", of("merged question")),
        Visit("entrance:close", "new question", of("new question"), form={"outcome": "helped"}),
        Visit("entrance:reopen", "closed question", of("closed question"), form={"text": "Mere."}),
        Visit("entrance:settings", kwargs=place),
        Visit("entrance:topic-new", kwargs=place, form={**topic, "name": "Stole"}),
        Visit("entrance:topics-usual", kwargs=place),
        Visit("entrance:topic", "a topic", desk("topic"), form=topic),
        Visit("entrance:topic-end", "a topic", desk("topic")),
        Visit(
            "entrance:contact-new", kwargs=place,
            form={"person": f"{desks['candidate'].pk}-{town.culture.pk}"},
        ),
        Visit("entrance:contact", "the contact person", desk("contact"), form={"help_da": "Mad", "version": 1}),
        Visit("entrance:contact-end", "the contact person", desk("contact")),
        Visit("entrance:absence", "the contact person", desk("contact"), form=away),
        Visit("entrance:absence-remove", "the contact person's", desk("absence")),
        Visit(
            "entrance:answer-new", "of the social department", {**place, "department": town.social.pk},
            form={"title": "Pris", "text": "0 kr."},
        ),
        Visit("entrance:answering", kwargs=place),
        Visit("entrance:months", kwargs=place),
        Visit("entrance:likely", kwargs=place, form={"text": "Må vi spise med på et plejehjem?"}),
        Visit("entrance:helped", kwargs=place, form={"answer": desks["published answer"].pk}),
        Visit(
            "entrance:mine-grow", "routed question", {"pk": cases["routed question"].pk},
            form={"kind": "solution", "option": town.organisation.pk},
        ),
        Visit("entrance:mine-journal", "routed question", {"pk": cases["routed question"].pk}),
        Visit("entrance:grow", "routed question", of("routed question"), form={"kind": "challenge", "option": ""}),
        Visit("entrance:journal", "routed question", of("routed question")),
        Visit(
            "entrance:public-answer", "not published, of the social department",
            {**desk("public answer"), "slug": desks["public answer"].slug},
        ),
        Visit("entrance:known", "closed question", of("closed question"), form={"answer": desks["public answer"].pk}),
        Visit(
            "entrance:public-answer-new", "of the social department", {**place, "department": town.social.pk},
            form={"question_da": "Hvad koster det?", "answer_da": "Intet."},
        ),
        Visit(
            "entrance:public-answer-change", "of the social department", desk("public answer"),
            form={"question_da": "Hvad koster det?", "answer_da": "Intet.", "version": 1},
        ),
        Visit("entrance:public-answer-publish", "of the social department", desk("public answer")),
        Visit("entrance:public-answer-withdraw", "of the social department", desk("public answer")),
        Visit("entrance:answer", "of the social department", desk("answer"), form={"title": "Ny", "text": "9", "version": 1}),
    ]  # fmt: skip


def assessment_pages(town: Town) -> list[Visit]:
    things, here, soon = town.assessment, town.place, (clock.today() + timedelta(days=5)).isoformat()
    sent, call = "application sent", {**here, "pk": town.call.pk}
    about_sent = {**here, "pk": town.applications[sent].pk}
    asked, begun, done = "assessment asked for", "assessment begun", "assessment done"
    other = town.people["editor, other department"]

    def mine(name: str, about: str, **form: Any) -> Visit:
        return Visit(f"assessment:{name}", about, {"pk": things[about].pk}, form=form)

    return [
        Visit("assessment:mine"),
        *(mine("assignment", about, go="save") for about in (asked, begun, done)),
        mine("clear", asked),
        mine("conflict", begun, what="Min søster."),
        mine("reopen", done, why="En fejl."),
        mine("assessor-remark", done, text="Enig."),
        Visit("assessment:calls", kwargs=here),
        Visit("assessment:board", "the call", call),
        Visit("assessment:spread", "the call", call, form={"due": soon}),
        Visit("assessment:application", sent, about_sent),
        Visit("assessment:assign", sent, about_sent, form={"due": soon, "assessor": other.pk}),
        Visit("assessment:release", asked, {**about_sent, "assignment": things[asked].pk}, form={"why": "Ferie."}),
        Visit("assessment:remark", sent, about_sent, form={"text": "Enig."}),
        Visit("assessment:close", sent, about_sent),
    ]


def pool_pages(town: Town) -> list[Visit]:
    there, year = town.pools, clock.today().year
    day = clock.today().isoformat()
    promise = {"document": "Sag 8", "decided": day, "sum": "1.000"}
    rules_form = {**RULES, "least": "10.000", "most": "200.000"}

    def visit(name: str, about: str = "open pool", form: Any = None, pool: str = "open pool", **kwargs: Any) -> Visit:
        address = {**town.place, "slug": there[pool].slug, **kwargs}
        return Visit(f"pools:{name}", about, address, form=form or {})

    def call(name: str, about: str, form: Any = None) -> Visit:
        return visit(name, about, form, number=there[about].number)

    def row(name: str, about: str, form: Any = None) -> Visit:
        return visit(name, about, form, pk=there[about].pk)

    def own(name: str, about: str, form: Any = None) -> Visit:
        return Visit(f"pools:{name}", about, {"pk": there[about].pk}, form=form or {})

    call_form = {"title": "Efterår", "opens": day, "version": 1}
    draft = there["draft of the rules"]
    return [
        Visit("pools:given"),
        own("contribution-confirm", "contribution", {"version": there["contribution"].version}),
        own("part-say-paid", "quarter to pay", {"document": "S3", "day": day}),
        own("part-take-word-back", "quarter said to be paid"),
        Visit("pools:pools", "", town.place),
        Visit("pools:pool-new", "", town.place, form={**POOL, "two_from": "", "version": 0}),
        *(
            visit(name, about, pool=about)
            for about in ("open pool", "draft pool")
            for name in ("pool", "money", "manage")
        ),
        *(call("call", about) for about in ("published call", "draft call")),
        *(call("rules", about) for about in ("rules", "draft of the rules")),
        *(visit(name, year=year) for name in ("account", "account-pdf")),
        *(visit(f"book{page}") for page in ("", "-journal", "-file")),
        visit("book-account", account=there["open pool"].book.accounts.get(kind="free").pk),
        visit("book-entry", number=1),
        visit("book-mapping", form={}),
        visit("pool-edit", form={**POOL, "two_from": "", "version": there["open pool"].version}),
        visit("pool-open", "draft pool with rules", pool="draft pool with rules"),
        visit("pool-close", "open pool without calls", pool="open pool without calls"),
        visit("rules-begin", "draft pool", pool="draft pool"),
        call("rules-edit", "draft of the rules", {**rules_form, "version": draft.version}),
        *(call(name, "draft of the rules") for name in ("rules-force", "rules-discard")),
        visit("call-new", form={**call_form, "version": 0}),
        call("call-edit", "draft call", call_form),
        call("call-publish", "draft call"),
        call("call-extend", "published call", {"closes": f"{year + 1}-12-31", "reason": "Flere vil søge"}),
        call("call-settle", "published call"),
        call("call-off", "published call", {"reason": "Fejl"}),
        visit("contributions"),
        visit("contributor-new", form={"who": f"department-{town.culture.pk}", "joined": day}),
        row("contribution-new", "contributor", {**promise, "year": year + 2}),
        row("contributor-leave", "contributor", {"left": day, "reason": "Ude"}),
        row("contribution-correct", "contribution", {**promise, "reason": "Fejl"}),
        row("part-pay", "quarter to pay", {"document": "B2", "day": day}),
        row("part-take-back", "paid quarter", {"reason": "Fejl"}),
        row("part-move", "quarter to pay", {"due": day}),
        visit("duties"),
        visit("duty-new", form={"person": town.administrator.pk, "duty": "decider", "starts": day}),
        row("duty-end", "duty", {"last_day": day}),
        visit("years"),
        visit("year-close", year=year - 1),
        row("share-return", "share", {"document": "B3"}),
    ]


def grant_pages(town: Town) -> list[Visit]:
    things, here = town.grants, town.place
    day = clock.today().isoformat()

    def act(name: str, about: str, kwargs: Any = None, /, of: str = "a grant", **form: Any) -> Visit:
        return Visit(f"grants:{name}", about, {"pk": things[of].pk, **(kwargs or {})}, form=form)

    def part(step: str, number: int, of: str = "a grant", /, **form: Any) -> Visit:
        return act("instalment", f"{step} {number} of {of}", {"number": number, "act": step}, of=of, **form)

    change = {"change": things["a change"].pk}
    written, sent = {"report": things["a report to write"].pk}, {"report": things["a report that is sent"].pk}
    back, reported = {"demand": things["money asked back"].pk}, "a grant with a report"
    return [
        Visit("grants:mine"),
        *(
            Visit(f"grants:{name}", kwargs=here)
            for name in ("office", "aid-register", "public", "giving", "payments", "hand-over")
        ),
        Visit("grants:read-in", kwargs=here, form={"payments": b"key;amount\nxyz;20\n"}),
        Visit("grants:payment-file", kwargs={**here, "number": 1}),
        *(
            Visit(f"grants:{name}", "a file that is read in", {**here, "pk": things["a file that is read in"].pk})
            for name in ("payments-read", "payments-confirm")
        ),
        act("grant", "a grant"),
        act("plan", "a grant", **{"oere-1": "100", "due-1": day}),
        act("end", "a grant", reason="Stop."),
        act("complete", "a grant that is done", of="a grant that is done"),
        part("godkend", 1),
        part("retur", 1, reason="Mere."),
        part("bortfald", 2, reason="Nej."),
        part("bed-om", 2, met="Her."),
        part("kom-retur", 1, reported, reason="Forkert konto."),
        act("change-new", reported, of=reported, text="Mere tid."),
        act("change-answer", "a change", change, agree="ja"),
        act("change-withdraw", "a change", change),
        act("report", "a report to write", written, text="Godt.", version=1),
        act(
            "report-send",
            "a report that is written",
            {"report": things["a report that is written"].pk},
            of="a grant that is handed over",
        ),
        act("report-approve", "a report that is sent", sent, of=reported),
        act("report-return", "a report that is sent", sent, of=reported, reason="Mere."),
        act("demand-new", reported, of=reported, oere="10", reason="Ikke brugt.", due=day),
        act("demand-paid", "money asked back", back, of=reported, day=day),
        act("demand-waive", "money asked back", back, of=reported, reason="Nej."),
        *money_pages(town),
        *terms_pages(town),
    ]


def money_pages(town: Town) -> list[Visit]:
    """The money of all pools together, and what state aid is counted by."""
    here = town.place
    EuroRate.objects.create(day="2026-01-02", kroner=746, source="Eksempel")
    soon = (clock.today() + timedelta(days=30)).isoformat()
    ceiling = {"regime": "de_minimis", "cents": "400000", "valid_from": soon, "source": "Eksempel"}
    return [
        Visit("grants:money", kwargs=here),
        Visit("grants:follow", "a pool", {**here, "slug": town.grants["a grant"].pool.slug}),
        Visit("grants:aid-values", kwargs=here),
        Visit("grants:rate-new", kwargs=here, form={"day": "2026-01-05", "kroner": "746", "source": "Eksempel"}),
        Visit(
            "grants:rate-correct", "a rate", {**here, "day": "2026-01-02"}, form={"kroner": "745", "source": "Eksempel"}
        ),
        Visit("grants:ceiling-new", kwargs=here, form=ceiling),
    ]


def terms_pages(town: Town) -> list[Visit]:
    """Terms over several years, for their two parties."""
    things, adjustment = town.terms, {"consequence": town.terms["adjustment"].pk}
    draft, active, adjusted = "draft of terms", "terms", "adjusted terms"
    term = {"kind": "rooms", "text": "Et lokale", "oere": "", "effect": "Ti i job", "otherwise": "Det slutter."}

    def act(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        return Visit(f"terms:{name}", about, {"pk": things[about].pk, **(kwargs or {})}, form=form)

    return [
        *(act("terms", about) for about in (draft, active, adjusted)),
        act("add", draft, **term),
        *(act(name, draft, {"term": things[draft].long_terms.get().pk}, **term) for name in ("change", "remove")),
        act("conclude", active, {"review": things[active].reviews.get().pk}, outcome="kept", text="Det går godt."),
        act("answer", adjusted, adjustment, agree="ja"),
        act("take-back", adjusted, adjustment),
    ]


def decision_pages(town: Town) -> list[Visit]:
    things, here, soon = town.decisions, town.place, (clock.today() + timedelta(days=12)).isoformat()
    words = {"outcome": "refused", "oere": "", "reasons": "Derfor.", "conditions": ""}
    draft, proposed, decided, complained = (
        "drafted decision", "proposed decision", "decision", "decision complained of",
    )  # fmt: skip
    waiting = "application sent"
    complaint = {"complaint": things["complaint"].pk}

    def act(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        return Visit(f"decisions:{name}", about, {**here, "pk": things[about].pk, **(kwargs or {})}, form=form)

    def own(name: str, about: str, kwargs: Any = None, /, **form: Any) -> Visit:
        return Visit(f"decisions:{name}", about, {"pk": things[about].pk, **(kwargs or {})}, form=form)

    return [
        Visit("decisions:decisions", kwargs=here),
        Visit("decisions:new", waiting, {**here, "pk": town.applications[waiting].pk}, form={**words, "version": 0}),
        *(act("decision", about) for about in (draft, "decision being heard", proposed, decided)),
        act("edit", draft, **words, version=things[draft].version),
        act("hear", draft, text="Der er gæld.", due=soon),
        act("propose", draft),
        act("take-back", proposed, text="En fejl."),
        act("yes", proposed, version=things[proposed].version),
        act("complaint-answer", complained, complaint, right="no", text="Den står ved magt."),
        own("own", decided),
        own("complain", decided, text="Forkert."),
        own("complaint-withdraw", complained, complaint),
        own("hearing", "hearing", text="Den er betalt."),
    ]
