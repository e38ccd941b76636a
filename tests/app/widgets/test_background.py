"""Of many questions the newest is answered, and no task is kept beyond its end."""

from threading import Event as Flag

from f2v_app.widgets.background import Background
from f2v_core.errors import MediaError


def test_only_the_newest_question_is_answered(qtbot):
    background, gate, told = Background(), Flag(), []
    background.answered.connect(told.append)
    background.ask(lambda: (gate.wait(5), "old")[1])
    background.ask(lambda: "new")
    qtbot.waitUntil(lambda: told == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: not background._going)
    assert told == ["new"]


def test_what_fails_is_told_and_a_dropped_failure_is_not(qtbot):
    background, told = Background(), []
    background.failed.connect(told.append)

    def fail(name):
        raise MediaError(f"{name} cannot be read.")

    background.ask(lambda: fail("one"))
    background.drop()
    qtbot.waitUntil(lambda: not background._going)
    background.ask(lambda: fail("other"))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].message == "other cannot be read."
