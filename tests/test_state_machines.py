"""Every declared state machine is walked in random order by somebody."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
SOURCE = TESTS.parent / "src" / "fyrtaarn"
DECLARED = re.compile(r"^(\w+) = StateMachine\(", re.MULTILINE)


def test_every_state_machine_is_walked_in_random_order() -> None:
    declared = {
        name
        for path in SOURCE.rglob("*.py")
        for name in DECLARED.findall(re.sub(r'""".*?"""', "", path.read_text(), flags=re.DOTALL))
    }
    walks = "".join(
        text for path in TESTS.rglob("test_*.py") if "run_state_machine_as_test(" in (text := path.read_text())
    )
    assert len(declared) >= 7
    assert {name for name in declared if not re.search(rf"\b{name}\b", walks)} == set()
