"""An introduction is its district's community manager's and the parties'; each party's answer is its own.

See rules.is_in_charge and rules.speaks_for, which say the same in Python.
"""

from django.db import migrations

from fyrtaarn.foundation.separation import function, only_for, separate

HOLDS_TODAY = "{0}.starts <= reader.today() AND ({0}.ends IS NULL OR {0}.ends > reader.today())"

IS_THERE = function(
    "reader.has_community_manager(wanted_district bigint)",
    "boolean",
    f"""
    SELECT EXISTS (
        SELECT FROM community_appointment own
        JOIN areas_district district ON district.id = own.district_id
        JOIN people_user person ON person.id = own.user_id AND person.is_active
        JOIN people_role role ON role.user_id = own.user_id AND role.kind = 'community_manager'
            AND role.municipality_id = district.municipality_id AND {HOLDS_TODAY.format("role")}
        WHERE own.district_id = wanted_district AND NOT own.deputy AND {HOLDS_TODAY.format("own")}
        AND (own.away_from IS NULL OR own.away_from > reader.today() OR own.away_until <= reader.today())
    )
    """,
)

DISTRICTS = function(
    "reader.districts()",
    "bigint[]",
    f"""
    SELECT coalesce(array_agg(DISTINCT own.district_id), '{{}}')
    FROM community_appointment own JOIN areas_district district ON district.id = own.district_id
    WHERE own.user_id = reader.id() AND {HOLDS_TODAY.format("own")}
    AND district.municipality_id = ANY (reader.municipalities('{{community_manager}}'))
    AND (NOT own.deputy OR NOT reader.has_community_manager(own.district_id))
    """,
)

# those that the reader speaks for, or for which she holds a letter
INTRODUCED = function(
    "reader.introduced_parties()",
    "SETOF bigint",
    """
    SELECT party.id FROM community_introducedparty party
    JOIN community_introduction introduction ON introduction.id = party.introduction_id
    WHERE introduction.state <> 'draft' AND (
        party.department_id = ANY (reader.departments('{department_editor,contact_person}'))
        OR party.organisation_id = ANY (reader.organisations())
        OR party.person_id = reader.id()
        OR party.id IN (
            SELECT asking.party_id FROM community_asking asking
            JOIN community_askingletter letter ON letter.asking_id = asking.id
            WHERE letter.token = reader.letter()
        )
    )
    """,
)

INTRODUCTIONS = function(
    "reader.introductions()",
    "SETOF bigint",
    "SELECT introduction_id FROM community_introducedparty WHERE id IN (SELECT reader.introduced_parties())",
)

# who answers last cannot read what the others have answered
ALL_SAY_YES = function(
    "errand.all_say_yes(wanted bigint)",
    "boolean",
    "SELECT coalesce(bool_and(answer = 'yes'), false) FROM community_asking WHERE introduction_id = wanted",
)

# the others are told who said yes, where she allows it, and nothing else of what she was told
CONTACTS = function(
    "errand.contacts_of_introduction(wanted bigint)",
    "TABLE (party bigint, person bigint)",
    """
    SELECT asking.party_id, asking.answered_by_id
    FROM community_asking asking JOIN community_introduction introduction ON introduction.id = asking.introduction_id
    WHERE introduction.id = wanted AND introduction.state IN ('accepted', 'met', 'concluded') AND asking.shares_contact
    AND (
        introduction.district_id = ANY (reader.districts())
        OR introduction.id IN (SELECT reader.introductions())
    )
    ORDER BY asking.id
    """,
)

# who sends an introduction writes the letters and cannot read them
WRITE_LETTERS = function(
    "errand.write_asking_letters(wanted bigint, people bigint[], tokens text[])",
    "void",
    """
    INSERT INTO community_askingletter (asking_id, person_id, token)
    SELECT wanted, one.person, one.token FROM unnest(people, tokens) AS one (person, token)
    """,
    volatile=True,
)

BURN_LETTERS = function(
    "errand.burn_asking_letters(wanted bigint)",
    "void",
    """
    DELETE FROM community_askingletter
    WHERE asking_id IN (SELECT id FROM community_asking WHERE introduction_id = wanted)
    """,
    volatile=True,
)

# the policies of introductions ask functions alone, so what asks for an introduction does not ask in a circle
OF_MINE = """
    EXISTS (
        SELECT FROM community_introduction introduction
        WHERE introduction.id = introduction_id
        AND introduction.district_id = ANY ((SELECT reader.districts())::bigint[])
    )
"""


class Migration(migrations.Migration):
    beside_previous = "The last release knows none of these tables."

    dependencies = [
        ("community", "0001_initial"),
        ("agreements", "0002_separation"),
        ("meetings", "0002_separation"),
        ("organisations", "0003_separation"),
        ("people", "0005_separation"),
    ]
    operations = [
        IS_THERE,
        DISTRICTS,
        INTRODUCED,
        INTRODUCTIONS,
        ALL_SAY_YES,
        CONTACTS,
        WRITE_LETTERS,
        BURN_LETTERS,
        separate(
            "community_introduction",
            """
            district_id = ANY ((SELECT reader.districts())::bigint[])
            OR id IN (SELECT reader.introductions())
            """,
        ),
        # a person among the parties is not named to the others before all have said yes
        separate(
            "community_introducedparty",
            f"""
            {OF_MINE} OR id IN (SELECT reader.introduced_parties())
            OR (introduction_id IN (SELECT reader.introductions()) AND (
                person_id IS NULL OR EXISTS (
                    SELECT FROM community_introduction introduction
                    WHERE introduction.id = introduction_id AND introduction.state IN ('accepted', 'met', 'concluded')
                )
            ))
            """,
        ),
        separate("community_asking", f"{OF_MINE} OR party_id IN (SELECT reader.introduced_parties())"),
        separate("community_askingletter", "person_id = (SELECT reader.id()) OR token = (SELECT reader.letter())"),
        only_for(
            "of_introduction",
            "foundation_step",
            "community.introduction",
            "EXISTS (SELECT FROM community_introduction introduction WHERE introduction.id = subject_id)",
        ),
        only_for(
            "of_asking",
            "foundation_step",
            "community.asking",
            "EXISTS (SELECT FROM community_asking asking WHERE asking.id = subject_id)",
        ),
    ]
