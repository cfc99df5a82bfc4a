"""Short word lists of our own, one file each."""

from importlib.resources import files


def word_list(name: str) -> frozenset[str]:
    """The words in a data file, set apart by blanks; lines that begin with # are skipped."""
    lines = (files(__package__) / "data" / name).read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
