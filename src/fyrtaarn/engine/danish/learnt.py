"""What is learnt from the lemma data, by a process of its own.

Learning takes two seconds and fifty megabytes; the result takes four. A process that learnt by itself would keep the
memory, because the system gets it back only in whole pieces.
"""

import marshal
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple


class Learnt(NamedTuple):
    """Log evidence of first parts and of heads (`compounds`), and the family of each derived base form (`families`)."""

    first: Mapping[str, float]
    head: Mapping[str, float]
    families: Mapping[str, str]


@lru_cache(maxsize=1)
def learnt() -> Learnt:
    """All that is learnt (about two seconds, once in a process).

    Raises CalledProcessError when the other process fails; what it says goes to standard error.
    """
    other = subprocess.run([sys.executable, "-P", "-m", __spec__.name], stdout=subprocess.PIPE, check=True)  # noqa: S603
    return Learnt(*marshal.loads(other.stdout))  # noqa: S302


def learn_here() -> Learnt:
    """The same, learnt by this process."""
    from .compounds import learn
    from .families import grouped
    from .lexicon import vocabulary

    bases, verbs = vocabulary()
    return Learnt(*learn(bases, verbs), grouped(bases, verbs))


if __name__ == "__main__":
    sys.stdout.buffer.write(marshal.dumps([*learn_here()]))
