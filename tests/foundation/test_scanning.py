"""Uploads are looked through by a scanner in a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from fyrtaarn.config.commands.check import scanner as judged
from fyrtaarn.foundation import files, scanning
from fyrtaarn.foundation.models import StoredFile
from tests.foundation.test_files import PDF, upload
from tests.harness import clamd
from tests.harness.processes import free_port


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def scanner(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """`scanner(how)` starts one and sets it."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str) -> None:
        how = f"unix:{tmp_path}/clamd.ctl" if how == "unix" else how
        process = subprocess.Popen([sys.executable, clamd.__file__, how], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        settings.SCANNER = process.stdout.readline().strip()

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=10)


def refusal_of(content: bytes, kolding: Any) -> ValidationError:
    before = kept()
    with pytest.raises(ValidationError) as refusal:
        files.keep_file(upload("noter.txt", content), subject=kolding, by=None)
    assert kept() == before
    return refusal.value


def kept() -> tuple[int, int]:
    """How many files are noted, and how many lie there."""
    return StoredFile.objects.count(), sum(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["tcp", "unix"])
def test_what_is_harmful_is_refused_in_plain_words_and_the_rest_kept(scanner: Any, kolding: Any, how: str) -> None:
    scanner(how)
    refusal = refusal_of(clamd.EICAR, kolding)
    assert refusal.code == "infected"
    assert refusal.messages == ["Et virusprogram har fundet noget skadeligt i filen, så vi har ikke gemt den."]
    large = PDF + b" " * (3 * scanning.CHUNK)
    assert files.keep_file(upload("referat.pdf", large), subject=kolding, by=None).size == len(large)
    assert refusal_of(b"x" * (scanning.CHUNK - 10) + clamd.EICAR, kolding).code == "infected"
    assert [finding.good for finding in judged()] == [True]


@pytest.mark.django_db
def test_what_cannot_be_looked_through_is_not_kept(
    scanner: Any, kolding: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner("broken")
    broken = settings.SCANNER
    for address in (broken, f"tcp://127.0.0.1:{free_port()}", "unix:///findes/ikke.ctl"):
        settings.SCANNER = address
        refusal = refusal_of(b"noter", kolding)
        assert refusal.code == "not_scanned"
        assert "Prøv igen om lidt" in refusal.messages[0]
        assert [finding.good for finding in judged()] == [False]


@pytest.mark.django_db
def test_a_scanner_that_hangs_is_not_waited_for(kolding: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(scanning, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SCANNER = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        assert refusal_of(b"noter", kolding).code == "not_scanned"
