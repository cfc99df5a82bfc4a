"""What a process of its own has learnt is what this process would learn."""

from fyrtaarn.engine.danish.learnt import learn_here, learnt


def test_nothing_is_lost_between_the_processes() -> None:
    assert learnt() == learn_here()


def test_it_is_learnt_once() -> None:
    assert learnt() is learnt()
