from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QScrollBar,
    QWidget,
)

from f2v_app.samples import Picture
from f2v_app.widgets import export_dialog
from f2v_core.config import train_preset
from f2v_core.errors import ModelError
from f2v_core.library import ModelCard
from f2v_core.messages import ClipFailed, ClipStarted, Command, Event, FrameReady, JobFailed
from tests.fakes import clip_frame, make_clips


def texts(room) -> str:
    return " ".join(label.text() for label in room.page.findChildren(QLabel) if not label.isHidden())


def test_it_says_what_is_missing_and_offers_a_sample(room):
    assert not room.page.panel.generate.isEnabled()
    assert "Two pictures" in room.page.panel.generate.toolTip()
    assert "Generate a clip first" in room.page.room.transport.export.toolTip()
    assert "Drop two pictures here, or try the sample pair" in texts(room)
    room.page.generate()
    assert room.workers.made == []


def test_one_click_makes_all_clips_and_plays_them(room):
    room.lay_pictures()
    room.generate()
    sent = room.workers.last.sent[0]
    assert sent.models == ("linear", "flow", "cvae", "cgan")
    assert sent.config.frames == 30
    assert [len(clip) for clip in room.session.finished_clips().values()] == [30] * 4
    assert (room.playhead.playing, room.playhead.count) == (True, 30)
    assert room.page.room.transport.export.isEnabled()


def test_scrubbing_shows_exactly_that_frame_in_all_panes(room):
    room.lay_pictures()
    room.generate()
    command = room.workers.last.sent[0]
    for index in (0, 7, 29):
        room.page.room.transport.scrubber.setValue(index)
        for pane in room.page.room.view.panes:
            np.testing.assert_array_equal(pane.view.frame, clip_frame(command, index))
    assert not room.playhead.playing


def test_frames_are_shown_as_they_come(room, qtbot):
    def two_frames(command: Command) -> Iterator[Event]:
        yield ClipStarted("linear", 30)
        for index in (0, 1):
            yield FrameReady("linear", index, 30, clip_frame(command, index))
        room.workers.last.resumed.wait(10)
        yield ClipStarted("flow", 30)

    room.workers.script = two_frames
    room.lay_pictures()
    room.page.generate()
    pane = room.page.room.view.panes[0]
    qtbot.waitUntil(lambda: pane.view.frame is not None and pane.view.frame[0, 0, 0] == 1)
    assert room.page.panel.cancel.isVisibleTo(room.page)
    assert not room.page.panel.generate.isVisibleTo(room.page)
    assert "Wait until" in room.page.room.transport.export.toolTip()
    assert "2 / 30" in texts(room)
    with qtbot.waitSignal(room.page.generated):
        room.page.cancel()
    assert "Cancelled" in texts(room)
    assert "Stopped at 2 / 30" in texts(room)
    assert not room.playhead.playing


def test_a_failed_pane_says_why_and_the_others_are_there(room):
    def one_fails(command: Command) -> Iterator[Event]:
        yield ClipFailed("cvae", "Weights missing.", "Import it again.")
        yield from (event for event in make_clips(command) if event.model != "cvae")

    room.workers.script = one_fails
    room.lay_pictures()
    room.generate()
    assert "Weights missing." in texts(room)
    assert "Import it again." in texts(room)
    assert "1 of 4 clips failed" in texts(room)
    assert len(room.session.finished_clips()) == 3


def test_a_bug_in_the_worker_can_be_copied(room, qapp):
    def buggy(command: Command) -> Iterator[Event]:
        yield JobFailed("Something unexpected.", "Report it.", "Traceback ...")

    room.workers.script = buggy
    room.lay_pictures()
    room.generate()
    copy = next(b for b in room.page.findChildren(QAbstractButton) if b.accessibleName() == "Copy details")
    assert copy.isVisibleTo(room.page)
    copy.click()
    assert qapp.clipboard().text() == "Traceback ..."


def test_a_dead_worker_is_told_where_the_user_looks(room, qtbot):
    room.workers.script = lambda _command: dies(room)
    room.lay_pictures()
    room.generate()
    assert "The worker process died." in texts(room)
    room.workers.script = make_clips
    room.generate()
    assert len(room.session.finished_clips()) == 4


def dies(room) -> Iterator[Event]:
    yield ClipStarted("linear", 30)
    room.workers.last.die()


def test_unchecked_generators_do_not_work(room):
    room.lay_pictures()
    rows = room.page.panel.generators.rows
    for name in ("linear", "cvae", "cgan"):
        rows[name].box.setChecked(False)
    room.generate()
    assert room.workers.last.sent[0].models == ("flow",)
    rows["flow"].box.setChecked(False)
    assert room.page.panel.generate.toolTip() == "Choose a generator."


def test_clips_of_earlier_pictures_are_called_so(room):
    room.lay_pictures()
    room.generate()
    room.session.swap()
    assert "pictures from before" in texts(room)


def test_clips_that_do_not_fit_into_the_cache_are_refused(room):
    room.lay_pictures()
    big = np.zeros((200, 300, 3), np.uint8)
    for slot in ("first", "last"):
        room.session._pictures[slot] = Picture("big", big)
    room.page.panel.clip._seconds.setValue(600)
    room.page.generate()
    assert "results may take 0.2 GB" in texts(room)
    assert room.workers.made == []


def test_a_sample_generates_at_once(room, qtbot):
    sample = room.page._samples[0]
    with qtbot.waitSignal(room.page.generated, timeout=10_000):
        room.page.load_sample(sample)
    assert sample.credit in texts(room)
    assert room.session.picture("first").path == sample.first


def test_samples_wait_while_clips_are_made(room):
    room.session.running = True
    room.page.load_sample(room.page._samples[0])
    assert room.session.picture("first") is None


def test_two_files_dropped_anywhere_fill_both_wells_in_name_order(room, qtbot):
    room.drop(room.picture_file("f10.png", value=10), room.picture_file("f2.png", value=2))
    qtbot.waitUntil(lambda: room.session.pair() is not None)
    assert [room.session.picture(slot).name for slot in ("first", "last")] == ["f2.png", "f10.png"]


def test_what_was_decided_is_remembered(room, qtbot):
    paths = [room.picture_file("a.png"), room.picture_file("b.png")]
    room.page.load_files(paths)
    qtbot.waitUntil(lambda: room.session.pair() is not None)
    clip = room.page.panel.clip
    clip._seconds.setValue(1.5)
    clip._variation.slider.setValue(10)
    clip._detail.slider.setValue(5)
    clip.set_longest(1280)
    room.page.panel.generators.rows["flow"].box.setChecked(False)
    room.playhead.set_loop(False)
    room.session.fit = "stretch"
    room.page.remember()
    clip._seconds.setValue(9)
    clip._variation.slider.setValue(-1)
    clip._detail.slider.setValue(-1)
    room.page.panel.generators.rows["flow"].box.setChecked(True)
    room.playhead.set_loop(True)
    assert room.page.restore() == paths
    assert (clip.config.variation, clip.config.detail) == (0.5, 0.25)
    assert (clip.config.seconds, clip.longest) == (1.5, 1280)
    assert not room.page.panel.generators.rows["flow"].box.isChecked()
    assert not room.playhead.loop
    assert room.session.fit == "stretch"


def test_settings_of_another_version_are_no_trouble(room):
    room.settings.write("clip/config", {"colour": 3})
    room.settings.write("pair/fit", "wrap")
    assert room.page.restore() == []
    assert room.page.panel.clip.config.seconds == 3.0
    assert room.session.fit == "fill"


def test_export_opens_the_dialog_with_the_finished_clips(room, monkeypatch):
    opened = []

    class Dialog(QWidget):
        def __init__(self, clips, pair_name, parent, **_options):
            super().__init__(parent)
            opened.append((list(clips), pair_name))

        def exec(self):
            return 0

    monkeypatch.setattr(export_dialog, "ExportDialog", Dialog)
    room.page.export()
    assert opened == []
    room.lay_pictures()
    room.generate()
    room.page.room.transport.export.click()
    assert opened == [(["Linear", "Optical flow", "CVAE", "CGAN"], "first-last")]
    assert not room.playhead.playing


def test_a_model_that_was_just_added_is_used(room, monkeypatch):
    cards = [ModelCard(name, train_preset("cvae", "motion"), "2026-01-01", 0.5) for name in ("cvae", "mine")]
    monkeypatch.setattr("f2v_app.pages.generate.defaults_first", lambda: (cards, []))
    room.page.use_model("mine")
    assert "mine" in room.page.panel.generators.models()


def test_damaged_models_are_told(room, monkeypatch):
    monkeypatch.setattr(
        "f2v_app.pages.generate.defaults_first", lambda: ([], [ModelError("X is damaged.", "Import it.")])
    )
    room.page.refresh_models()
    assert "X is damaged." in texts(room)
    assert not room.page.panel.generators.rows["cvae"].box.isEnabled()
    assert "no model yet" in texts(room)


def test_every_control_has_a_name_and_a_tooltip(room):
    room.lay_pictures()
    room.generate()
    controls = [
        each
        for kind in (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox)
        for each in room.page.findChildren(kind)
        if not each.objectName().startswith("qt_") and not isinstance(each, QScrollBar)
    ]
    assert len(controls) > 20
    assert [each for each in controls if not each.accessibleName()] == []
    assert [
        each.accessibleName() for each in controls if not each.toolTip() and each.accessibleName() != "More"
    ] == []


def test_the_names_that_screen_readers_rely_on(room):
    wanted = {"First image", "Last image", "Swap", "Generate", "Cancel", "Seconds", "Frames per second", "Seed",
              "Frame", "Play", "Loop", "Export"}  # fmt: skip
    names = [each.accessibleName() for each in room.page.findChildren(QWidget)]
    assert {name: names.count(name) for name in wanted} == dict.fromkeys(wanted, 1)


@pytest.mark.parametrize(
    ("name", "role"), [("Generate", "Button"), ("Frame", "Slider"), ("Loop", "CheckBox")]
)
def test_roles(room, name, role):
    widget = next(each for each in room.page.findChildren(QWidget) if each.accessibleName() == name)
    assert QAccessible.queryAccessibleInterface(widget).role().name == role
