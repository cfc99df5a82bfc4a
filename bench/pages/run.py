"""The search page on real processes: two workers, 10,000 organisations, and ten times as many.

Processor time is read from /proc: of the workers, which the goals are about, and of the database's processes.
"""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (10_000, 100_000)
WORKERS = 2
ROUNDS = 5
REQUESTS = 40
"""Requests of each page in each round; the pages take turns, so that a busy machine is busy for all of them."""
BEGINS_TO_READ = 4
"""Seconds after which a worker is surely reading the lexicon, see fyrtaarn.config.wsgi."""
QUIET = 20
"""Milliseconds of processor time in a second by which the workers are known to do nothing."""
MOST_TIMES_PLAIN = 2.5
MOST_TIMES_SMALLER = 1.3
MOST_HTML = 10 * 1024
MOST_ASSETS = 80 * 1024
MOST_FILES = 6
MOST_MEMORY = 120 * 1024
"""Kilobytes of a worker's own memory and its share of what the web processes share, which forked from one."""


class Served:
    """The product's server on a database of this many organisations."""

    def __init__(self, size: int, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "FYRTAARN_DATA_DIR": str(ROOT / "var" / f"bench-organisation-{size}"),
            "FYRTAARN_LOG_LEVEL": "ERROR",
            "FYRTAARN_PORT": str(port),
            "FYRTAARN_WEB_PROCESSES": str(WORKERS),
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("FYRTAARN_DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.pages.serve", str(size)], env=environment, cwd=ROOT
        )
        while True:
            try:
                self.get("/livez")
                break
            except URLError:
                if self.process.poll() is not None:
                    sys.exit("the server did not start")
                sleep(0.5)

    def get(self, path: str) -> str:
        with urlopen(self.address + path) as answer:
            content: bytes = answer.read()
        return content.decode()

    def settle(self) -> None:
        """Wait until the workers have read the lexicon."""
        sleep(BEGINS_TO_READ)
        before = processor_time(self.workers())
        while True:
            sleep(1)
            now = processor_time(self.workers())
            if now - before < QUIET:
                return
            before = now

    def workers(self) -> list[int]:
        return [pid for pid in children(self.process.pid) if "resource_tracker" not in command(pid)]

    def database(self) -> list[int]:
        """The processes that answer on this data folder."""
        folder = ROOT / "var" / f"bench-organisation-{self.size}" / "postgres"
        return children(int((folder / "postmaster.pid").read_text().split()[0]))

    @property
    def size(self) -> int:
        return int(self.process.args[-1])  # type: ignore[index]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def processor_time(pids: Iterable[int]) -> float:
    """Milliseconds that all threads of the processes have had the processor."""
    total = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            try:
                total += int((thread / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue  # a thread that has ended meanwhile
    return total / 1_000_000


def memory(pid: int) -> int:
    """Kilobytes that a process has in memory, of shared pages its share (PSS)."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) if found else 0


def costs(served: Served, pages: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Milliseconds a request of each page in the workers and in the database."""
    found = dict.fromkeys(pages, (0.0, 0.0))
    for number in range(ROUNDS + 1):  # the first only warms up
        for name, paths in pages.items():
            workers, database = processor_time(served.workers()), processor_time(served.database())
            for path in islice(cycle(paths), REQUESTS):
                served.get(path)
            if number:
                found[name] = (
                    found[name][0] + (processor_time(served.workers()) - workers) / ROUNDS / REQUESTS,
                    found[name][1] + (processor_time(served.database()) - database) / ROUNDS / REQUESTS,
                )
    return found


def addresses(size: int) -> dict[str, list[str]]:
    from bench.listings.collection import questions

    asked = [quote(question) for question in questions(40)]
    return {
        "newest": ["/organisationer/"],
        "a later page": [f"/organisationer/?efter={size * n // 42}" for n in range(1, 41)],
        "with a theme": [f"/organisationer/?tema={n}" for n in range(1, 21)],
        "question": [f"/organisationer/?q={question}" for question in asked],
        "question to everything": [f"/soeg/?q={question}" for question in asked],
    }


def weights(served: Served, path: str) -> tuple[int, int, int]:
    """Gzipped bytes of the page, of its style and script (the map's aside), and how many files these are."""
    html = served.get(path)
    files = {
        file
        for file in re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', html)
        if "leaflet" not in file and "/map." not in file
    }
    return packed(html), sum(packed(served.get(file)) for file in files), len(files)


def packed(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def told(what: str, value: float, goal: float, unit: str) -> bool:
    print(f"  {what:<44} {value:8.1f} {unit:<6} goal {goal:.1f}{'' if value <= goal else '   MISSED'}")
    return value <= goal


def measured(size: int, port: int) -> tuple[float, bool]:
    """Print what the page costs; gives the search page's mean cost in the workers, and whether the goals are met."""
    served = Served(size, port)
    try:
        print(f"{size:,} organisations, {WORKERS} workers; milliseconds of processor time a request")
        served.settle()
        found = costs(served, {"plain page": ["/plain/"], "the same in the frame": ["/framed/"], **addresses(size)})
        plain = found["plain page"][0]
        for name, (workers, database) in found.items():
            print(f"  {name:<24} workers {workers:6.2f}   database {database:6.2f}   times plain {workers / plain:.2f}")
        mean = sum(found[name][0] for name in addresses(size)) / len(addresses(size))
        met = [told("search page, times the plain page", mean / plain, MOST_TIMES_PLAIN, "times")]
        pages = [weights(served, paths[0]) for paths in addresses(size).values()]
        met += [
            told("HTML, gzipped", max(html for html, _, _ in pages) / 1024, MOST_HTML / 1024, "KB"),
            told("style and script, gzipped", max(a for _, a, _ in pages) / 1024, MOST_ASSETS / 1024, "KB"),
            told("files of style and script", max(count for _, _, count in pages), MOST_FILES, ""),
            told("a worker's memory", max(map(memory, served.workers())) / 1024, MOST_MEMORY / 1024, "MB"),
        ]
        return mean, all(met)
    finally:
        served.stop()


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    results = [measured(size, 8790 + number) for number, size in enumerate(sizes)]
    met = all(each for _mean, each in results)
    if len(results) > 1:
        met &= told("ten times as many", results[-1][0] / results[0][0], MOST_TIMES_SMALLER, "times")
    sys.exit(0 if met else "a goal is missed")


if __name__ == "__main__":
    main()
