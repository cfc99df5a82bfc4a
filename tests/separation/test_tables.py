"""Every table is either kept apart by reader, or known to hold nothing that is a matter between parties."""

import pytest
from django.db import connection

SEPARATED = {
    "agreements_acceptance",
    "agreements_agreement",
    "agreements_party",
    "agreements_review",
    "agreements_statusupdate",
    "agreements_wording",
    "applications_applicantquestion",
    "applications_application",
    "applications_budgetline",
    "applications_declaredaid",
    "applications_effectgoal",
    "applications_linkedenterprise",
    "applications_sentversion",
    "council_advice",
    "council_advice_goals",
    "council_advice_listings",
    "council_advice_themes",
    "council_adviceprogress",
    "council_agendaitem",
    "council_agendaproposal",
    "council_councilmeeting",
    "council_minutesanswer",
    "council_minuteswording",
    "entrance_absence",
    "entrance_case",
    "entrance_casegrowth",
    "entrance_casemessage",
    "entrance_casetask",
    "entrance_publicanswer",
    "entrance_rating",
    "entrance_savedanswer",
    "community_askingletter",
    "community_asking",
    "community_introducedparty",
    "community_introduction",
    "fieldwork_fieldworkoffer",
    "fieldwork_learned",
    "fieldwork_signeddeclaration",
    "fieldwork_stay",
    "community_note",
    "community_setaside",
    "foundation_notice",
    "foundation_noticechoice",
    "foundation_outgoingmail",
    "foundation_step",
    "foundation_storedfile",
    "imports_importrow",
    "imports_importrun",
    "imports_knownheading",
    "ledger_account",
    "ledger_book",
    "ledger_daytotal",
    "ledger_entry",
    "ledger_financeaccount",
    "ledger_posting",
    "listings_savedsearch",
    "listings_savedsearchhit",
    "meetings_meeting",
    "meetings_message",
    "meetings_reading",
    "organisations_ambassador",
    "organisations_ambassador_themes",
    "organisations_claim",
    "organisations_teaminvitation",
    "people_invitation",
    "pitches_pitch",
    "pitches_pitchcomment",
    "pitches_pitchreview",
    "pitches_pitchversion",
    "pools_call",
    "pools_closedyear",
    "pools_confirmation",
    "pools_contribution",
    "pools_contributionpart",
    "pools_contributor",
    "pools_criterion",
    "pools_leftovershare",
    "pools_pool",
    "pools_poolduty",
    "pools_poolrules",
    "pools_sentpayment",
    "pools_stage",
    "privacy_archivedecision",
    "privacy_copy",
    "privacy_due",
    "privacy_erasure",
    "privacy_register",
    "privacy_removal",
    "privacy_viewing",
    "replies_takenanswer",
}
PUBLISHED = (  # read by all, or by all of a portal
    "areas_",
    "topics_",
    "vocabulary_",
    "ranking_",
    "demo_",
    "effects_indicator",
    "effects_outcome",
    "effects_wantedeffect",
    "council_council",
    "council_seat",
    "entrance_answerfigure",
    "entrance_casetopic",
    "entrance_contactprofile",
)
FOR_SIGNING_IN = ("account_", "mfa_", "socialaccount_", "usersessions_", "django_session", "people_", "auth_")
MACHINERY = (
    "django_",
    "procrastinate_",
    "pghistory_",
    "backups_",
    "foundation_seal",
    "foundation_sharedvalue",
    "foundation_clockwatch",
)
SHOWN_TO_ALL = (
    "community_appointment",
    "community_wish",
    "fieldwork_fieldworkperiod",
    "fieldwork_fieldworkplace",
)
SHOWN_BY_RULES = ("organisations_", "portal_", "listings_")  # public but for drafts, which the rooms' rules hide
"""Beginnings of the names of tables that every reader's database shows whole."""


@pytest.mark.django_db
def test_every_table_is_kept_apart_or_known_to_be_open() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname NOT LIKE '%event'"
        )
        tables = dict(cursor.fetchall())
    assert {name for name, separated in tables.items() if separated} == SEPARATED
    open_ones = (*PUBLISHED, *FOR_SIGNING_IN, *MACHINERY, *SHOWN_TO_ALL, *SHOWN_BY_RULES)
    assert [name for name in tables if name not in SEPARATED and not name.startswith(open_ones)] == []
