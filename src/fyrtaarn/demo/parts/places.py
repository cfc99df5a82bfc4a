"""Two open portals, and what their departments say of themselves."""

from fyrtaarn.areas.loading import load_areas
from fyrtaarn.topics.loading import load_topics

from ..book import Book, Words
from ..reading import rows


def load(book: Book) -> None:
    load_areas()
    load_topics()
    words = Words.read()
    opened = {}
    for row in book.new("municipality", rows("municipalities")):
        municipality = words.municipalities[row["key"]]
        municipality.open = True
        municipality.accent = row["accent"]
        municipality.welcome_da, municipality.welcome_en = row["welcome_da"], row["welcome_en"]
        municipality.save()
        opened[row["key"]] = municipality
    book.write("municipality", opened)
    described = {}
    profiles = [{"key": f"{row['municipality']}/{row['department']}", **row} for row in rows("department_profiles")]
    for row in book.new("department", profiles):
        department = words.departments[row["municipality"], row["department"]]
        department.what_da, department.what_en = row["what_da"], row["what_en"]
        department.save()
        described[row["key"]] = department
    book.write("department", described)
