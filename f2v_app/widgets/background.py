"""One question at a time, answered by a thread; a newer question makes the older answer worthless."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from f2v_app.tasks import Task


class Background(QObject):
    """Runs functions off the window's thread.

    Signals:
        answered: what the newest function returned.
        failed: the F2vError that it raised.
    """

    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._going: list[
            Task
        ] = []  # also dropped ones: were they freed, a new one might be taken for one of them

    def ask(self, function: Callable[[], object]) -> None:
        """Call `function` in a thread; the answer to an earlier one is dropped."""

        def work() -> Iterator[object]:
            yield function()

        self.drop()
        task = Task(work)  # without a parent: it lives until it has told its end
        task.progressed.connect(self._on_progressed)
        task.failed.connect(self._on_failed)
        for ended in (task.done, task.cancelled, task.failed):
            ended.connect(self._on_ended)
        self._task = task
        self._going.append(task)
        task.start()

    def drop(self) -> None:
        """Forget the question: its answer will not be told."""
        self._task = None

    @property
    def asking(self) -> bool:
        """Whether the question is not answered yet."""
        return any(task is self._task for task in self._going)

    def _on_progressed(self, answer: object) -> None:
        if self._is_newest():
            self.answered.emit(answer)

    def _on_failed(self, error: object) -> None:
        if self._is_newest():
            self.failed.emit(error)

    def _on_ended(self) -> None:
        self._going = [task for task in self._going if task is not self.sender()]

    def _is_newest(self) -> bool:
        """Whether the newest question's task speaks."""
        return self._task is not None and self.sender() is self._task
