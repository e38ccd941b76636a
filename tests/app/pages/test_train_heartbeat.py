"""While a run's folder grows fast the window must stay smooth: no pause of its event loop above 50 ms."""

import gc
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from f2v_app.pages.train import TrainPage
from tests.app.made_runs import Starts, Trainer, make_run
from tests.heartbeat import Heartbeat

LONGEST_S = 0.05
SECONDS = 4.0


@pytest.fixture
def trainer(tmp_path: Path) -> Trainer:
    """A run with a past of 6000 rows and 20 samples."""
    made = make_run(tmp_path, steps=200_000)
    names = ("step", "loss", "reconstruction", "kl", "ends", "ratio to linear", "seconds")
    rows = "".join(
        f"{step},{1000 / step},{500 / step},0.5,0.1,0.95,{step / 9}\n" for step in range(10, 60_010, 10)
    )
    made.run.history_file.write_text(",".join(names) + "\n" + rows)
    for step in range(1, 21):
        made.sample(3000 * step, grey=step)
    return made.say("training", step=60_000)


@pytest.fixture
def growing(trainer: Trainer) -> Iterator[Trainer]:
    """Twenty times a second: three rows, a state, an event; once a second samples."""
    over = Event()

    def grow() -> None:
        for turn in range(1, 10_000):
            step = 60_000 + 30 * turn
            losses = {"loss": 1.0, "reconstruction": 0.1, "kl": 0.5, "ends": 0.1, "ratio to linear": 0.95}
            trainer.train(step - 20, step - 10, step, **losses)
            if turn % 20 == 0:
                trainer.sample(step)
            if over.wait(0.05):
                return

    thread = Thread(target=grow, daemon=True)
    thread.start()
    yield trainer
    over.set()
    thread.join()


def test_the_window_never_stands_still(qtbot, growing: Trainer) -> None:
    page = TrainPage(growing.run.folder.parent, start=Starts())
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitExposed(page):
        page.show()
    history = page._monitor.curves
    qtbot.waitUntil(lambda: len(history.history.steps) > 6000)
    gc.collect()
    heart = Heartbeat()
    heart.start()
    before = len(history.history.steps)
    qtbot.wait(int(SECONDS * 1000))
    heart.stop()
    pauses = sorted(heart.pauses, key=lambda pause: pause.own)
    print(
        "longest pauses (ms):",
        [(round(1000 * each.whole, 1), round(1000 * each.own, 1)) for each in pauses[-5:]],
    )
    assert len(history.history.steps) > before + 100
    assert len(page._monitor.samples.step.steps) > 20
    assert pauses[-1].own < LONGEST_S
    page._watcher.stop()
