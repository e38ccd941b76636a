"""A training that is only played, and ways to act while it goes on."""

from collections.abc import Callable, Iterator

from f2v_core.messages import StageProgress
from f2v_core.runs import Run
from f2v_core.runs.state import RunState
from f2v_core.train_messages import CheckpointSaved, SampleSaved, StepDone, TrainEvent
from f2v_core.training import session as session_module
from f2v_core.training.inbox import Inbox
from f2v_core.training.session import Session

STEPS = 6
Script = Callable[[Run, Inbox], Iterator[TrainEvent]]


def trains(run: Run, inbox: Inbox) -> Iterator[TrainEvent]:
    """Stands for `train`: prepares, makes steps, takes what is asked, saves as the real one does."""
    step = saved = run.saved
    try:
        yield StageProgress("Decoding", 1, 2, 4.0, float("inf"))
        while step < run.config.steps and not inbox.over:
            step += 1
            yield StepDone(step)
            asked = inbox.take()
            if "sample" in asked:
                yield SampleSaved(step, 0.5)
            if "save" in asked:
                yield save(run, saved := step)
        if inbox.keeps and step > saved:
            yield save(run, step)
    except GeneratorExit:
        if inbox.keeps and step > saved:
            save(run, step)
        raise


def save(run: Run, step: int) -> CheckpointSaved:
    run.checkpoint_folder(step).mkdir(parents=True)
    return CheckpointSaved(step, str(run.checkpoint_folder(step)))


def until(state: Callable[[RunState], bool], session: Session) -> None:
    """Wait for what the heartbeat makes of the state."""
    for _ in range(10_000):
        if state(session.state):
            return
        session_module.Flag().wait(0.001)
    raise AssertionError(session.state)


def train_and(run: Run, step: int, act: Callable[[Session], None]) -> tuple[Session, list[TrainEvent]]:
    """Train, and do something after a step."""
    session, events = Session(run), []
    for event in session.events():
        events.append(event)
        if event == StepDone(step):
            act(session)
    return session, events
