"""People at work while web server, worker and database are killed at random; who was told "done" is written down."""

import random
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .installation import Database, Installation, Part
from .town import DEPARTMENTS, KITCHENS, employee, owner
from .visitors import NotDone, Visitor

CALM = 12
"""At most so many acts are acknowledged between two kills."""
LONGEST_CALM = 15.0
AFTER_A_FAULT = 0.5
"""Seconds that somebody waits before she tries again."""
CHALLENGES_A_SEARCH = 5
"""How many challenges an employee publishes for each search that she keeps."""
DIALOGUES = 4
"""In how many dialogues an owner stands."""


@dataclass
class Record:
    """What was asked for and what was acknowledged, each by a mark of its own in the text; and what was killed."""

    asked: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    kills: list[tuple[str, float, float]] = field(default_factory=list)
    """What was killed, and from when to when."""
    failed: list[tuple[float, float, str]] = field(default_factory=list)
    """When each request that failed began and ended, and what it was."""
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, kind: str, mark: str) -> None:
        with self.lock:
            self.asked.setdefault(kind, []).append(mark)

    def acknowledge(self, kind: str, mark: str) -> None:
        with self.lock:
            self.acknowledged.setdefault(kind, []).append(mark)

    def kill(self, part: Part | Database) -> None:
        began = time.monotonic()
        part.kill()
        self.kills.append((part.name.partition("-")[0], began, time.monotonic()))

    def note_failure(self, began: float, what: str) -> None:
        with self.lock:
            self.failed.append((began, time.monotonic(), what))

    def failed_without_cause(self) -> list[str]:
        """Requests that failed although nothing was killed while they were under way."""
        return [
            f"{what} ({self.since_kill(began)}, after {ended - began:.1f} s)"
            for began, ended, what in self.failed
            if not any(began < gone and ended > killed for _part, killed, gone in self.kills)
        ]

    def since_kill(self, moment: float) -> str:
        """How long after which kill."""
        part, _killed, gone = max(
            (kill for kill in self.kills if kill[1] <= moment),
            key=lambda kill: kill[1],
            default=("nothing", 0.0, moment),
        )
        return f"{moment - gone:.2f} s after {part}"

    @property
    def done(self) -> int:
        return sum(len(marks) for marks in self.acknowledged.values())

    def summary(self) -> str:
        done = ", ".join(
            f"{kind} {len(marks)} of {len(self.asked[kind])}" for kind, marks in sorted(self.acknowledged.items())
        )
        counted = Counter(part for part, *_moments in self.kills)
        killed = ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))
        return f"{len(self.kills)} kills ({killed}); acknowledged: {done}"


class Worker(threading.Thread, ABC):
    """One person who does one thing after the other until she is told to stop."""

    between_acts: float
    """Seconds that she waits before she does the next thing."""

    def __init__(self, site: str, email: str, record: Record, stop: threading.Event, seed: int) -> None:
        super().__init__(name=email, daemon=True)
        self.site, self.email, self.record, self.stopped = site, email, record, stop
        self.source = random.Random(seed)
        self.visitor = Visitor(site)
        self.number = 0

    def run(self) -> None:
        try:
            self.work()
        except Exception as fault:  # noqa: BLE001 - a fault of the test itself must not pass in silence
            self.record.faults.append(f"{self.email}: {fault!r}")

    def work(self) -> None:
        signed_in = False
        while not self.stopped.is_set():
            try:
                if not signed_in:
                    self.visitor = Visitor(self.site)
                    self.visitor.sign_in(self.email)
                    signed_in = True
                self.act()
            except NotDone as fault:
                self.record.note_failure(fault.began, str(fault))
                self.stopped.wait(AFTER_A_FAULT)
            self.stopped.wait(self.between_acts)

    @abstractmethod
    def act(self) -> None:
        """Do one thing, and note it as done once it is acknowledged."""

    def mark(self, kind: str) -> str:
        self.number += 1
        mark = f"{kind}-{self.email.partition('@')[0]}-{self.number:05}x"
        self.record.ask(kind, mark)
        return mark

    def done(self, mark: str) -> None:
        self.record.acknowledge(mark.partition("-")[0], mark)


class Employee(Worker):
    """Keeps searches and publishes challenges; what was not acknowledged she tries again."""

    between_acts = 0.02
    searches = challenges = 0

    def act(self) -> None:
        if self.searches * CHALLENGES_A_SEARCH <= self.challenges:
            mark = self.mark("search")
            self.visitor.send(f"/loesninger/?q={mark}", name=mark)
            self.searches += 1
        else:
            mark = self.mark("challenge")
            self.publish(mark)
            self.challenges += 1
        self.done(mark)

    def publish(self, mark: str) -> None:
        number = self.email.removeprefix("medarbejder").partition("@")[0]
        own = {"department": f"Forvaltning {number}", "contact": f"Medarbejder {number}"}
        frame = self.visitor.send("/kolding/udfordringer/ny/", title=mark, situation=f"Mange ældre er alene. {mark}")
        review = self.visitor.send(frame, **own)
        led = self.visitor.send(review, holds="version", go="publish")
        if mark not in led:
            raise NotDone(f"{mark} lacks something: {led}", time.monotonic())


class Owner(Worker):
    """Shows interest in challenges, and writes on in her dialogues with files."""

    between_acts = 0.3

    def __init__(self, site: str, email: str, record: Record, stop: threading.Event, seed: int) -> None:
        super().__init__(site, email, record, stop, seed)
        self.pairs: list[str] = []
        self.dialogues: list[str] = []

    def act(self) -> None:
        if not self.pairs and not self.dialogues:
            open_now = self.visitor.links("/kolding/udfordringer/", r"/kolding/udfordringer/\d+-")
            self.pairs = self.source.sample(open_now, min(DIALOGUES, len(open_now)))
        if self.pairs:
            mark = self.mark("interest")
            [opening] = self.visitor.links(self.pairs[-1], r"/min/dialoger/ny/\?sought=")[:1]
            self.pairs.pop()
            self.dialogues.append(self.visitor.send(opening, text=mark))
        else:
            mark = self.mark("message")
            upload = (f"{mark}.txt", f"Bilag til {mark}".encode()) if self.number % 2 else None
            self.visitor.send(self.source.choice(self.dialogues), upload=upload, text=mark)
        self.done(mark)


def send_to_work(site: str, record: Record, stop: threading.Event, seed: int) -> list[Worker]:
    """Everybody begins; they end once `stop` is set."""
    people: list[Worker] = [Employee(site, employee(n), record, stop, seed + n) for n in range(DEPARTMENTS)]
    people += [Owner(site, owner(n), record, stop, seed + n) for n in range(KITCHENS)]
    for person in people:
        person.start()
    return people


def rage(
    installation: Installation, *, kills: int, seed: int, say: Callable[[str], None] = lambda line: None
) -> Record:
    """Let everybody work while parts are killed so many times, then let them work on for a moment in peace."""
    record, stop, source = Record(), threading.Event(), random.Random(seed)
    people = send_to_work(installation.address, record, stop, seed)
    for number in range(kills):
        let_work(record, source.randint(1, CALM))
        time.sleep(source.uniform(0, 0.3))
        part = source.choice(installation.parts)
        record.kill(part)
        time.sleep(source.uniform(0, 0.4))
        installation.keep_up()
        if number % 20 == 19:
            say(record.summary())
    installation.wait_until_ready()
    let_work(record, CALM)
    stop.set()
    for person in people:
        person.join(60)
    return record


def let_work(record: Record, acts: int) -> None:
    """Until so many more acts are acknowledged, or a while has passed."""
    aim, ending = record.done + acts, time.monotonic() + LONGEST_CALM
    while record.done < aim and time.monotonic() < ending:
        time.sleep(0.02)
