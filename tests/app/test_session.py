import json
from pathlib import Path

import numpy as np
import pytest

from f2v_app.samples import Picture, list_samples
from f2v_app.session import Session
from f2v_core.config import GenerateConfig
from f2v_core.messages import (
    ClipDone,
    ClipFailed,
    ClipStarted,
    FrameReady,
    JobCancelled,
    JobDone,
    JobFailed,
    JobStarted,
)


def picture(value: int, width: int = 8, height: int = 4, name: str = "") -> Picture:
    return Picture(name or f"{value}.png", np.full((height, width, 3), value, np.uint8))


@pytest.fixture
def session(qtbot) -> Session:
    made = Session()
    made.set_picture("first", picture(1))
    made.set_picture("last", picture(2))
    made.config = GenerateConfig(seconds=0.3, fps=10.0)
    return made


def begin(session: Session, *models: str) -> list[str]:
    return session.begin({name: name for name in models}, (8, 4), {name: f"key-of-{name}" for name in models})


def frame(value: int) -> np.ndarray:
    return np.full((4, 8, 3), value, np.uint8)


def test_pictures_of_one_size_are_the_pair_untouched(session):
    pair = session.pair()
    assert pair.first is session.picture("first").frame
    assert pair.last is session.picture("last").frame


def test_the_last_picture_takes_the_size_of_the_first(session):
    session.set_picture("last", picture(9, 20, 20))
    session.fit = "fit"
    pair = session.pair()
    assert pair.size == (8, 4)
    assert pair.last[0, 0].tolist() == [0, 0, 0]
    assert pair.last[2, 4].tolist() == [9, 9, 9]


def test_the_longest_side_can_be_limited(session):
    session.longest = 4
    assert session.target_size() == (4, 2)
    assert session.pair().size == (4, 2)
    session.longest = 100
    assert session.target_size() == (8, 4)


def test_swap_also_with_one_picture(session, qtbot):
    session.swap()
    assert [session.picture(slot).name for slot in ("first", "last")] == ["2.png", "1.png"]
    session.set_picture("first", None)
    session.swap()
    assert session.picture("first").name == "1.png"
    assert session.picture("last") is None
    assert session.pair() is None


def test_without_a_first_picture_there_is_no_size(qtbot):
    assert Session().target_size() is None


def test_frames_come_one_by_one(session):
    begin(session, "linear")
    clip = session.clips["linear"]
    assert clip.frame_at(2) is None
    for event in (JobStarted(), ClipStarted("linear", 3), FrameReady("linear", 0, 3, frame(5))):
        session.take(event)
    assert clip.frame_at(2)[0, 0, 0] == 5
    assert session.finished_clips() == {}
    for index in (1, 2):
        session.take(FrameReady("linear", index, 3, frame(5 + index)))
    session.take(ClipDone("linear", 0.25))
    session.take(JobDone())
    assert (clip.seconds, clip.ended, session.running) == (0.25, True, False)
    done = session.finished_clips()["linear"]
    assert done.frames[:, 0, 0, 0].tolist() == [5, 6, 7]
    assert done.fps == 10
    assert session.clips_name == "1-2"


def test_a_failed_model_does_not_stop_the_others(session):
    begin(session, "cvae", "linear")
    session.take(ClipFailed("cvae", "Broken.", "Repair it."))
    assert session.clips["cvae"].error == ("Broken.", "Repair it.")
    assert not session.clips["linear"].ended


@pytest.mark.parametrize(
    ("event", "error"), [(JobCancelled(), None), (JobFailed("Died.", "Again."), ("Died.", "Again."))]
)
def test_the_end_of_the_job_ends_all_clips(session, event, error):
    begin(session, "linear", "flow")
    session.take(FrameReady("linear", 0, 3, frame(1)))
    session.take(event)
    assert [clip.error for clip in session.clips.values()] == [error, error]
    assert not session.running
    assert session.finished_clips() == {}


def test_clips_of_other_pictures_are_stale(session):
    assert not session.stale
    begin(session, "linear")
    assert not session.stale
    session.swap()
    assert session.stale


def test_samples_are_read_and_bad_cards_skipped(tmp_path: Path):
    for name, text in {
        "a": "no json",
        "b": "[]",
        "c": json.dumps({"title": "T", "credit": "C", "licence": "L"}),
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "sample.json").write_text(text)
    (sample,) = list_samples(tmp_path)
    assert (sample.title, sample.first) == ("T", tmp_path / "c" / "first.jpg")
    assert list_samples(tmp_path / "nowhere") == []


def test_a_sample_is_recognised_by_its_files(session):
    assert session.sample() is None
    for sample in list_samples()[:1]:
        session.set_picture("first", Picture("f", frame(1), sample.first))
        session.set_picture("last", Picture("l", frame(1), sample.last))
        assert session.sample() == sample
