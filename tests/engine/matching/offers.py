"""A few offers, and ways to draw texts for tests that calculate."""

from hypothesis import strategies as st

from fyrtaarn.engine.matching import Document

OFFERS = (
    Document(
        "cykler",
        "Cykelværksted i gården",
        "Vi reparerer gamle cykler sammen med unge, der er gået i stå. Man lærer at lappe og skifte kæde.",
        target_groups=("unge",),
        municipality="0101",
        district="valby",
        sdgs=(8, 12),
        stage="proven",
    ),
    Document(
        "suppe",
        "Suppe og selskab",
        "Hver torsdag spiser ensomme pensionister sammen hos os. Frivillige laver maden af overskudsgrønt.",
        target_groups=("ældre",),
        municipality="0101",
        sdgs=(3,),
    ),
    Document(
        "vask",
        "Vaskeri med plads til alle",
        "Vi vasker linned og arbejdstøj. Halvdelen af holdet er ansat i fleksjob.",
        municipality="0621",
        capacity=0,
    ),
    Document(
        "have",
        "Haver der læger",
        "Sygemeldte med stress kommer til kræfter i vores have. Vi rykker gerne ud til andre kommuner.",
        target_groups=("sygemeldte",),
        municipality="0621",
        fresh=False,
    ),
)

WORDS = [
    *("cykel", "cykelværksted", "reparation", "ensom", "pensionist", "fleksjob", "vaskeri", "stress", "have", "haver"),
    *("unge", "ældre", "kommunen", "søger", "københavn", "genbrug", "møbler", "madspild", "frivillige"),
    *("sprogtræning", "xyzzy", "2026", "og", "i", "der", "IT-udstyr", "Børne-", "boliig"),
]

texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join) | st.text(max_size=60)
documents = st.builds(
    Document,
    id=st.sampled_from([f"d{number}" for number in range(12)]),
    title=texts,
    text=texts,
    target_groups=st.lists(st.sampled_from(["unge", "ældre", "ledige"]), max_size=2).map(tuple),
    sdgs=st.lists(st.integers(1, 17), max_size=4, unique=True).map(tuple),
    district=st.sampled_from(["", "valby", "noerrebro"]),
    municipality=st.sampled_from(["", "0101", "0621"]),
    language=st.sampled_from(["", "da", "en"]),
    stage=st.sampled_from(["", "idea", "tried", "proven"]),
    movable=st.sampled_from([None, True, False]),
    capacity=st.sampled_from([None, 0, 5]),
    fresh=st.booleans(),
)
