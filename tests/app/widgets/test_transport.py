import pytest
from PySide6.QtCore import QPoint, Qt

from f2v_app.playhead import Playhead
from f2v_app.widgets.job_bar import JobBar, duration
from f2v_app.widgets.scrubber import HANDLE
from f2v_app.widgets.transport import Transport, player_handlers
from f2v_core.messages import ClipStarted, FrameReady, JobDone, Notice
from tests.app.test_playhead import Clock


@pytest.fixture
def transport(qtbot) -> Transport:
    playhead = Playhead()
    made = Transport(playhead)
    playhead.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 48)
    made.show()
    playhead.set_clip(30, 10.0)
    yield made
    playhead.pause()


def test_the_scrubber_hits_every_frame(transport, qtbot):
    scrubber, playhead = transport.scrubber, transport._playhead
    for index in range(30):
        x = HANDLE / 2 + index * (scrubber.width() - HANDLE) / 29
        qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 10))
        qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 10))
        assert playhead.index == index
    assert transport._place.text() == "30 / 30"
    assert transport._time.text() == "2.9 s"


def test_dragging_scrubs_and_pauses(transport, qtbot):
    scrubber, playhead = transport.scrubber, transport._playhead
    playhead.play()
    qtbot.mouseMove(scrubber, QPoint(50, 10))
    qtbot.mousePress(scrubber, Qt.MouseButton.LeftButton, pos=QPoint(0, 10))
    qtbot.mouseMove(scrubber, QPoint(scrubber.width() + 50, 10))
    assert (playhead.index, playhead.playing) == (29, False)
    qtbot.mouseRelease(scrubber, Qt.MouseButton.LeftButton)


def test_buttons_drive_the_playhead(transport):
    playhead = transport._playhead
    transport._play.click()
    assert playhead.playing
    assert "Pause" in transport._play.toolTip()
    transport._last.click()
    assert playhead.index == 29
    transport._back.click()
    assert playhead.index == 28
    transport._forward.click()
    transport._first.click()
    assert playhead.index == 0
    transport._loop.click()
    assert not playhead.loop
    transport._speed.setCurrentIndex(0)
    assert playhead.speed == 0.1


def test_keys_do_what_buttons_do(transport):
    playhead, keys = transport._playhead, player_handlers(transport._playhead)
    places = []
    for key in ("next", "next_ten", "previous", "previous_ten", "last", "first"):
        keys[key]()
        places.append(playhead.index)
    assert places == [1, 11, 10, 0, 29, 0]
    keys["loop"]()
    assert not transport._loop.isChecked()
    for key, rate in (("play", 10), ("play", 0), ("shuttle_forward", 10), ("shuttle_back", -10)):
        keys[key]()
        assert playhead.rate == rate


def test_without_clips_nothing_can_be_played(qtbot):
    transport = Transport(Playhead())
    qtbot.addWidget(transport)
    assert not transport._play.isEnabled()
    assert transport._place.text() == ""


def test_the_bar_tells_rate_and_time_left(qtbot):
    clock = Clock()
    bar = JobBar(clock=clock)
    qtbot.addWidget(bar)
    bar.begin({"cvae": "CVAE"}, 30)
    bar.take(ClipStarted("cvae", 30))
    for index in range(10):
        clock.now += 0.1
        bar.take(FrameReady("cvae", index, 30, None))
    bar.take(Notice("no concern of the bar"))
    assert bar._text.text() == "CVAE: 10 / 30 frames"
    assert bar._figures.text() == "10 frames/s, 2.0 s left"
    bar.take(JobDone())
    assert bar._text.text() == "1 clip in 1.0 s"
    assert bar._progress.isHidden()


@pytest.mark.parametrize(("seconds", "text"), [(0.44, "0.4 s"), (12.3, "12 s"), (200, "3 min 20 s")])
def test_durations_read_well(seconds, text):
    assert duration(seconds) == text
