"""People in every role, and one of everything in Kolding for them to try."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from fyrtaarn.agreements import actions as agreement_actions
from fyrtaarn.agreements.models import Agreement, Party
from fyrtaarn.areas.models import District, LocalBody
from fyrtaarn.foundation import clock
from fyrtaarn.foundation.models import Notice, StoredFile
from fyrtaarn.imports.models import ImportRun
from fyrtaarn.listings.models import Listing, SavedSearch
from fyrtaarn.meetings import actions as meeting_actions
from fyrtaarn.organisations import actions as organisation_actions
from fyrtaarn.organisations.models import Membership
from fyrtaarn.people.actions import appoint
from fyrtaarn.people.models import Invitation, Role
from fyrtaarn.ranking.models import RankingExample
from fyrtaarn.topics.models import Theme
from fyrtaarn.vocabulary import actions as vocabulary_actions
from fyrtaarn.vocabulary.models import VocabularyConcept
from tests.agreements.conftest import terms
from tests.harness.people import make_department, make_employee, make_organisation, make_user
from tests.portal.conftest import make_challenge, make_solution
from tests.vocabulary.conftest import SMALL

from .walking import Visit

# The sign-in library's own pages are about the visitor alone, and health pages tell nothing.
PUBLIC_ELSEWHERE = {"livez", "readyz"}
LIBRARY = ("account_", "mfa_", "social", "openid_connect_", "usersessions_", "api:")

EMPLOYEES = ("caseworker", "buyer", "fund_manager", "community_manager", "municipality_administrator")


def build(kolding: Any, koebenhavn: Any) -> tuple[dict[str, Any], list[Visit]]:
    """The people by role, in the order of the table's columns, and all visits."""
    social, culture = make_department(kolding, "Socialforvaltningen"), make_department(kolding, "Kulturforvaltningen")
    owner, member = make_user("Olga Ejer"), make_user("Mads Medlem")
    organisation = make_organisation(kolding, "Eksempelværkstedet", owner=owner)
    Membership.objects.create(user=member, organisation=organisation, kind="member")
    other_owner = make_user("Frank Fremmed")
    make_organisation(kolding, "Et andet sted", owner=other_owner)
    people: dict[str, Any] = {
        "visitor": None,
        "person without a role": make_user("Nora Nabo"),
        "reader": make_employee(kolding, "reader"),
        "council member": make_employee(kolding, "council_member"),
        "department editor": make_employee(kolding, "department_editor", social),
        "contact person": make_employee(kolding, "contact_person", social),
        "editor, other department": make_employee(kolding, "department_editor", culture),
        **{kind.replace("_", " "): make_employee(kolding, kind) for kind in EMPLOYEES},
        "editor, other municipality": make_employee(
            koebenhavn, "department_editor", make_department(koebenhavn, "Socialforvaltningen")
        ),
        "administrator, other municipality": make_employee(koebenhavn, "municipality_administrator"),
        "editor of the shared words": editor_of_words(),
        "organisation owner": owner,
        "organisation member": member,
        "owner, other organisation": other_owner,
    }
    editor, administrator = people["department editor"], people["municipality administrator"]
    visits = [
        *open_pages(),
        *own_pages(editor),
        *administration(kolding, social, administrator),
        *organisation_pages(kolding, organisation, owner),
        *word_pages(kolding, administrator),
        *portal_pages(kolding, social, culture, editor, owner, organisation),
        *dialogues(kolding, social, editor, owner, organisation),
        *import_pages(kolding, administrator),
    ]
    return people, visits


def open_pages() -> list[Visit]:
    names = (
        "home", "about", "accessibility", "accessibility-short", "privacy", "components", "language", "overview",
    )  # fmt: skip
    kolding = {"municipality": "kolding"}
    return [
        *(Visit(f"site:{name}", "", {}) for name in names),
        Visit("site:municipal-home", "", kolding),
        Visit("site:accent", "", kolding),
        Visit("api-try", "", {}),
        Visit("people:personas", "", {}),
        *(Visit(f"listings:{name}", "", {}) for name in ("challenges", "solutions", "organisations", "search")),
        *(
            Visit(f"listings:municipal-{name}", "", kolding)
            for name in ("challenges", "solutions", "organisations", "search")
        ),
        Visit("listings:suggestions", "", {}, "?q=cykel"),
        Visit("agreements:agreements", "", {}),
        Visit("agreements:municipal-agreements", "", kolding),
        Visit("portal:departments", "", kolding),
    ]


def own_pages(editor: Any) -> list[Visit]:
    notice = Notice.objects.create(recipient=editor, kind="organisations.joined", path="/min/overblik/",
                                   params={"organisation": "X", "person": "Y"})  # fmt: skip
    search = SavedSearch.objects.create(user=editor, name="Cykler", kind="solution", question="cykler")
    return [
        Visit("people:profile", "", {}),
        Visit("people:notices-choose", "", {}),
        Visit("people:act-as", "", {}),
        Visit("foundation:notices", "", {}),
        Visit("foundation:notices-read", "", {}),
        Visit("foundation:notice-read", "a notice to the department editor", {"pk": notice.pk}),
        Visit("foundation:notice-open", "a notice to the department editor", {"pk": notice.pk}),
        Visit("people:demo-mail", "", {}),
        Visit("portal:my-challenges", "", {}),
        Visit("portal:my-solutions", "", {}),
        Visit("organisations:mine", "", {}),
        Visit("meetings:meetings", "", {}),
        Visit("agreements:mine", "", {}),
        Visit("listings:saved-searches", "", {}),
        Visit("listings:save-search", "", {"overview": "challenges"}),
        Visit("listings:change-search", "the department editor's search", {"pk": search.pk}),
        Visit("listings:delete-search", "the department editor's search", {"pk": search.pk}),
    ]


def administration(kolding: Any, social: Any, administrator: Any) -> list[Visit]:
    place = {"municipality": "kolding"}
    district = District.objects.create(municipality=kolding, name="Vamdrup", slug="vamdrup")
    body = LocalBody.objects.create(municipality=kolding, name="Vamdrup Byforum", slug="vamdrup", kind="local_council")
    role = Role.objects.create(user=make_user(), kind="contact_person", municipality=kolding, department=social)
    invitation = Invitation.objects.create(
        email="ny@example.dk", kind="buyer", municipality=kolding, invited_by=administrator
    )
    objects = {"departments": social, "districts": district, "local-bodies": body}
    return [
        Visit("areas:administration", "", place),
        Visit("areas:municipality-edit", "", place),
        *(Visit(f"areas:{part}", "", place) for part in objects),
        *(Visit(f"areas:{part}-new", "", place) for part in objects),
        *(Visit(f"areas:{part}-edit", str(one), {**place, "pk": one.pk}) for part, one in objects.items()),
        Visit("areas:departments-end", str(social), {**place, "pk": social.pk}),
        Visit("areas:districts-remove", str(district), {**place, "pk": district.pk}),
        Visit("areas:local-bodies-remove", str(body), {**place, "pk": body.pk}),
        Visit("people:roles", "", place),
        Visit("people:role-new", "", place),
        Visit("people:role-edit", "a colleague's role", {**place, "pk": role.pk}),
        Visit("people:role-end", "a colleague's role", {**place, "pk": role.pk}),
        Visit("people:invitation-resend", "", {**place, "pk": invitation.pk}),
        Visit("people:invitation-withdraw", "", {**place, "pk": invitation.pk}),
        Visit("people:invitation", "for somebody else", {"token": invitation.token}),
        Visit("people:invitation-sign-up", "for somebody else", {"token": invitation.token}),
        Visit("people:persona-sign-in", "no persona", {"pk": administrator.pk}),
    ]


def editor_of_words() -> Any:
    person = make_user("Rosa Redaktør")
    appoint(person, "vocabulary_editor")
    return person


def word_pages(kolding: Any, administrator: Any) -> list[Visit]:
    vocabulary_actions.take_shipped(SMALL)
    concept = VocabularyConcept.objects.get(key="cykler")
    wanted = replace(concept.entry, danish=(*concept.danish, "jernhest"))
    proposal = vocabulary_actions.propose(concept, wanted, "Vi siger jernhest", kolding, by=administrator)
    theme = Theme.objects.create(name="Havet", name_en="The sea", slug="havet")
    example = RankingExample.objects.create(question="cykler")
    pages = ("questions", "concepts", "concept-new", "add-word", "draft", "proposals", "versions", "export", "import",
             "import-take-in")  # fmt: skip
    acts = ("concept", "concept-merge", "concept-split", "concept-withdraw", "concept-restore", "concept-undo",
            "concept-settle")  # fmt: skip
    return [
        Visit("vocabulary:municipal-questions", "", {"municipality": "kolding"}),
        Visit("vocabulary:asked", "", {}),
        *(Visit(f"vocabulary:{page}", "", {}) for page in pages),
        *(Visit(f"vocabulary:{act}", "a concept", {"pk": concept.pk}) for act in acts),
        Visit("vocabulary:proposal", "Kolding's proposal", {"pk": proposal.pk}, form="act=accept"),
        Visit("vocabulary:proposal-take-back", "Kolding's proposal", {"pk": proposal.pk}),
        Visit("vocabulary:topics", "", {}),
        Visit("vocabulary:topic-new", "", {"part": "temaer"}),
        Visit("vocabulary:topic", "a theme", {"part": "temaer", "pk": theme.pk}),
        Visit("vocabulary:topic-remove", "a theme", {"part": "temaer", "pk": theme.pk}),
        Visit("ranking:preview", "", {}),
        Visit("ranking:examples", "", {}),
        Visit("ranking:example", "an example", {"pk": example.pk}),
        Visit("ranking:example-remove", "an example", {"pk": example.pk}),
        Visit("vocabulary:version", "", {"number": 1}),
        Visit("vocabulary:version-go-back", "", {"number": 1}),
    ]


def import_pages(kolding: Any, administrator: Any) -> list[Visit]:
    run = ImportRun.objects.create(kind="solution", municipality=kolding, file_name="a.xlsx", by=administrator)
    acts = ("run", "columns", "mend", "leave-out-faulty", "begin", "undo", "discard")
    return [
        Visit("imports:start", "", {}),
        Visit("imports:municipal-start", "", {"municipality": "kolding"}),
        Visit("imports:template", "", {"kind": "solution"}),
        *(Visit(f"imports:{act}", "the administrator's import", {"pk": run.pk}) for act in acts),
    ]


def organisation_pages(kolding: Any, organisation: Any, owner: Any) -> list[Visit]:
    place = {"municipality": "kolding"}
    own, free = {"slug": organisation.slug}, make_organisation(kolding, "Uden hold")
    claim = organisation_actions.claim(make_user(), free, "Jeg er leder")
    letter = organisation_actions.invite(owner, organisation, "kollega@example.dk", "member")
    membership = organisation.memberships.get(kind="member")
    about = "organisation with a team"
    return [
        Visit("organisations:start", "", {}),
        Visit("organisations:create", "", {}),
        Visit("organisations:edit", about, own),
        Visit("organisations:edit", "organisation without a team", {"slug": free.slug}),
        Visit("organisations:team", about, own),
        Visit("organisations:invite", about, own),
        Visit("organisations:invitation-withdraw", about, {**own, "pk": letter.pk}),
        Visit("organisations:member-change", about, {**own, "pk": membership.pk}),
        Visit("organisations:member-end", about, {**own, "pk": membership.pk}),
        Visit("organisations:invitation", "for somebody else", {"token": letter.token}),
        Visit("organisations:claim", about, own),
        Visit("organisations:claim", "organisation without a team", {"slug": free.slug}),
        Visit("organisations:claim-withdraw", "somebody else's claim", {"pk": claim.pk}),
        Visit("organisations:claims", "", place),
        Visit("organisations:claim-decide", "", {**place, "pk": claim.pk}, form="decision=approve"),
        Visit("organisations:verify", "", {**place, **own}),
        Visit("portal:organisation", "", own),
    ]


def portal_pages(kolding: Any, social: Any, culture: Any, editor: Any, owner: Any, organisation: Any) -> list[Visit]:
    place = {"municipality": "kolding"}
    challenges = {
        "public challenge": make_challenge(editor, kolding, published=True),
        "internal challenge": make_challenge(editor, kolding, published=True, audience="municipality"),
        "draft challenge": make_challenge(editor, kolding),
    }
    solutions = {
        "offered solution": make_solution(owner, organisation, published=True),
        "draft solution": make_solution(owner, organisation),
    }
    steps = ("challenge-edit", "challenge-frame", "challenge-review", "challenge-delete", "challenge-restore")
    acts = ("solution-edit", "solution-publish", "solution-withdraw", "solution-confirm", "solution-copy",
            "solution-delete", "solution-restore")  # fmt: skip
    return [
        Visit("portal:challenge-new", "", place),
        *(Visit("portal:challenge", about, {**place, "pk": one.pk, "slug": "x"}) for about, one in challenges.items()),
        *(Visit(f"portal:{s}", about, {**place, "pk": c.pk}) for s in steps for about, c in challenges.items()),
        *(
            Visit(
                "portal:challenge-step", f"start dialogue, {about}", {**place, "pk": one.pk, "step": "start_dialogue"}
            )
            for about, one in challenges.items()
        ),
        *(
            Visit("portal:challenge-end", f"close, {about}", {**place, "pk": one.pk, "step": "close"})
            for about, one in challenges.items()
        ),
        Visit(
            "portal:challenge-leave", "", {**place, "pk": challenges["public challenge"].pk, "department": culture.pk}
        ),
        Visit("portal:solution-new", "", {}),
        *(Visit("portal:solution", about, {"pk": one.pk, "slug": "x"}) for about, one in solutions.items()),
        *(Visit(f"portal:{act}", about, {"pk": one.pk}) for act in acts for about, one in solutions.items()),
        Visit("portal:department", "", {**place, "slug": social.slug}),
    ]


def dialogues(kolding: Any, social: Any, editor: Any, owner: Any, organisation: Any) -> list[Visit]:
    challenge = make_challenge(editor, kolding, published=True, title="Tomme lokaler")
    solution = make_solution(owner, organisation, published=True, title="Værksted i byen")
    sought = Listing.objects.get(kind="challenge", subject_id=challenge.pk)
    offered = Listing.objects.get(kind="solution", subject_id=solution.pk)
    asked = meeting_actions.open_meeting(owner, sought, offered, "Vi har plads.")
    acts = ("meeting-accept", "meeting-decline", "meeting-end", "meeting-again", "meeting-read")
    pair = f"?sought={sought.pk}&offered={offered.pk}"
    return [
        Visit("meetings:meeting-new", "", {}, pair),
        Visit("meetings:meeting", "dialogue", {"pk": asked.pk}),
        Visit("meetings:messages-newer", "dialogue", {"pk": asked.pk}),
        *(Visit(f"meetings:{act}", "dialogue", {"pk": asked.pk}) for act in acts),
        Visit("foundation:file", "file of a dialogue", file_of(asked, editor)),
        *agreement_pages(social, editor, owner, organisation),
    ]


def file_of(meeting: Any, by: Any) -> dict[str, Any]:
    message = meeting.messages.get()
    stored = StoredFile(
        name="plan.txt", media_type="text/plain", size=4, sha256="0" * 64, uploaded_by=by,
        subject_type=message._meta.label_lower, subject_id=message.pk,
    )  # fmt: skip
    stored.content.save("plan.txt", ContentFile(b"plan"))
    return {"key": stored.key, "name": stored.name}


def agreement_pages(social: Any, editor: Any, owner: Any, organisation: Any) -> list[Visit]:
    def begun(**changes: Any) -> Agreement:
        draft = agreement_actions.begin(editor, social, uuid4(), terms(**changes))
        agreement_actions.add_party(editor, draft, organisation)
        draft.refresh_from_db()
        return draft

    waiting = begun()
    wording = agreement_actions.propose(editor, waiting, waiting.version)
    agreements = {
        "public agreement": in_force(begun(), editor, owner),
        "agreement for the parties alone": in_force(begun(public=False), editor, owner),
        "draft agreement": begun(),
        "proposed agreement": waiting,
    }
    pages = ("agreement", "agreement-print", "agreement-edit", "wordings", "parties", "party-add", "agreement-propose",
             "agreement-change", "agreement-drop", "agreement-resume", "agreement-hide", "status", "review-plan",
             "agreement-close")  # fmt: skip
    active = agreements["public agreement"]
    review = active.reviews.create(due=clock.today() + timedelta(days=30))
    party = Party.objects.get(agreement=agreements["draft agreement"], organisation=organisation)
    drafted = {"pk": agreements["draft agreement"].pk, "party": party.pk}
    return [
        Visit("agreements:agreement-new", "", {}),
        *(Visit(f"agreements:{page}", about, {"pk": one.pk}) for page in pages for about, one in agreements.items()),
        Visit("agreements:review-hold", "public agreement", {"pk": active.pk, "review": review.pk}),
        Visit("agreements:review-cancel", "public agreement", {"pk": active.pk, "review": review.pk}),
        *(
            Visit(f"agreements:wording-{act}", "proposed agreement", {"pk": waiting.pk, "wording": wording.pk})
            for act in ("accept", "decline", "take-back")
        ),
        Visit("agreements:party-remove", "draft agreement", drafted),
        Visit("agreements:party-contact", "draft agreement", drafted),
    ]


def in_force(draft: Agreement, editor: Any, owner: Any) -> Agreement:
    agreement_actions.accept(owner, agreement_actions.propose(editor, draft, draft.version))
    draft.refresh_from_db()
    return draft
