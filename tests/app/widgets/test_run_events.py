from datetime import datetime, timedelta
from typing import Any

import pytest

from f2v_app.widgets.run_events import RunEvents, words
from f2v_core.runs.events import RunEvent, RunEventKind

NOW = datetime.now().astimezone().replace(hour=12, minute=0, second=5)


@pytest.mark.parametrize(
    ("kind", "text", "facts", "said"),
    [
        ("started", "", {"device": "cpu"}, "Training began on cpu."),
        ("resumed", "", {"device": "cuda"}, "Training went on from step 12\u202f000 on cuda."),
        ("checkpoint", "", {}, "Checkpoint at step 12\u202f000."),
        ("sample", "", {"ratio": 0.91234}, "Samples at step 12\u202f000: 0.912 of linear's distance."),
        ("notice", "Skipped: b.mp4.", {}, "Skipped: b.mp4."),
        ("ended", "paused", {"phase": "paused"}, "Paused at step 12\u202f000."),
        ("ended", "stopped", {"phase": "stopped"}, "Stopped at step 12\u202f000 and kept."),
        ("ended", "finished", {"phase": "finished"}, "Finished at step 12\u202f000."),
        ("ended", "No memory.", {"phase": "failed"}, "Failed: No memory."),
    ],
)
def test_every_kind_of_event_has_its_words(kind: RunEventKind, text: str, facts: Any, said: str) -> None:
    assert words(RunEvent(NOW.isoformat(), 12_000, kind, text, facts)) == said


def test_lines_have_the_time_and_older_ones_the_day(qtbot: Any) -> None:
    log = RunEvents()
    qtbot.addWidget(log)
    old = NOW - timedelta(days=3)
    log.take([RunEvent(old.isoformat(), 1, "notice", "a"), RunEvent(NOW.isoformat(), 2, "notice", "b")])
    log.take([])
    assert log.toPlainText() == f"{old:%Y-%m-%d} 12:00:05  a\n12:00:05  b"
