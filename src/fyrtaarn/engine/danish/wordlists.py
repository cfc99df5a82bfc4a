"""Short word lists of our own, one file each."""

from importlib.resources import files


def lines_of(name: str) -> list[list[str]]:
    """The words of each line of a data file, set apart by blanks; lines that begin with # are skipped."""
    lines = (files(__package__) / "data" / name).read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def word_list(name: str) -> frozenset[str]:
    """All words of a data file."""
    return frozenset(word for line in lines_of(name) for word in line)
