"""The order in which tasks are handed out, with a crew that does as it is told."""

from collections.abc import Iterator
from itertools import islice

from typing_extensions import override

from f2v_core.data.engines.crew import Crew, Done, Ended, Supervisor


class ScriptedCrew(Crew[str, str]):
    """Ends its oldest task at each wait; words that begin with "!" die, with "?" once only.

    Attributes:
        log: what ran at the same time, at each start.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._running: dict[int, str] = {}
        self._died: set[str] = set()
        self.log: list[str] = []

    @property
    @override
    def size(self) -> int:
        return self._size

    def resize(self, size: int) -> None:
        self._size = size

    @override
    def start(self, number: int, task: str) -> None:
        assert len(self._running) < self._size
        self._running[number] = task
        self.log.append(" ".join(self._running.values()))

    @override
    def wait(self, seconds: float) -> list[Ended[str]]:
        assert 0 < seconds < 0.5
        number = min(self._running)
        task = self._running.pop(number)
        if task[0] == "!" or (task[0] == "?" and task not in self._died):
            self._died.add(task)
            return [Ended(number, died=True)]
        return [Ended(number, task.upper())]


def test_tasks_fill_the_hands_and_no_more():
    crew = ScriptedCrew(2)
    assert list(Supervisor(crew, "abc").run()) == [Done("a", "A"), Done("b", "B"), Done("c", "C")]
    assert crew.log == ["a", "a b", "b c"]


def test_who_died_is_tried_again_when_nothing_else_runs():
    crew = ScriptedCrew(2)
    ended = list(Supervisor(crew, ["!a", "b", "c", "d"]).run())
    assert ended == [None, Done("b", "B"), Done("!a", None), Done("c", "C"), Done("d", "D")]
    assert crew.log == ["!a", "!a b", "!a", "c", "c d"]


def test_all_who_died_together_are_tried_one_by_one():
    crew = ScriptedCrew(3)
    ended = list(Supervisor(crew, ["?a", "!b", "?c", "d"]).run())
    assert [each for each in ended if each] == [
        Done("?a", "?A"),
        Done("!b", None),
        Done("?c", "?C"),
        Done("d", "D"),
    ]
    assert crew.log[3:] == ["?a", "!b", "?c", "d"]


def test_the_crew_may_grow_and_shrink():
    crew = ScriptedCrew(1)
    endings = Supervisor(crew, "abcdef").run()
    assert list(islice(endings, 1)) == [Done("a", "A")]
    crew.resize(3)
    assert list(islice(endings, 1)) == [Done("b", "B")]
    assert crew.log[-1] == "b c d"
    crew.resize(1)
    assert len(list(endings)) == 4
    assert crew.log[-2:] == ["e", "f"]


def test_no_tasks_need_no_hands():
    def none() -> Iterator[str]:
        yield from ()

    crew = ScriptedCrew(1)
    assert list(Supervisor(crew, none()).run()) == []
    assert crew.log == []
