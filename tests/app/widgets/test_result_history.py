import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel

from f2v_app.playhead import Playhead
from f2v_app.samples import Picture
from f2v_app.session import Session
from f2v_app.worker_link import WorkerLink
from f2v_core.media.images import write_png


def lay_files(room) -> list:
    paths = []
    for slot, value in (("first", 20), ("last", 200)):
        path = room.folder / f"{slot}.png"
        frame = np.full((12, 16, 3), value, np.uint8)
        write_png(path, frame)
        room.session.set_picture(slot, Picture(path.name, frame, path))
        paths.append(path)
    return paths


def names(room) -> list[str]:
    return [thumb.accessibleName() for thumb in room.page.history.bar.thumbs]


def said(room) -> str:
    return " ".join(label.text() for label in room.page.bar.findChildren(QLabel))


def test_only_what_a_change_touches_is_made_anew(room):
    room.lay_pictures()
    room.generate()
    room.page.panel.clip._seed.setValue(3)
    room.generate()
    assert room.workers.last.sent[-1].models == ("cvae", "cgan")
    assert len(room.session.finished_clips()) == 4
    room.page.panel.clip._seed.setValue(0)
    asked = len(room.workers.last.sent)
    room.generate()
    assert len(room.workers.last.sent) == asked
    assert "shown from the cache" in said(room)
    assert room.playhead.playing


def test_a_result_comes_back_with_its_pictures_and_settings(room, qtbot):
    lay_files(room)
    room.page.panel.clip._seconds.setValue(1.0)
    room.generate()
    first = {name: clip.frames.copy() for name, clip in room.session.finished_clips().items()}
    room.session.set_picture("last", Picture("other", np.full((12, 16, 3), 3, np.uint8)))
    room.page.panel.clip._seconds.setValue(2.0)
    room.page.panel.generators.rows["flow"].box.setChecked(False)
    room.generate()
    assert "first.png to other" in names(room)[0]
    room.page.history.bar.thumbs[1].click()
    qtbot.waitUntil(lambda: room.playhead.count == 10)
    for name, clip in room.session.finished_clips().items():
        np.testing.assert_array_equal(clip.frames, first[name])
    assert room.page.panel.clip.config.seconds == 1.0
    assert room.page.panel.generators.rows["flow"].box.isChecked()
    assert room.session.picture("last").name == "last.png"
    assert not room.session.stale


def test_a_pasted_picture_comes_back_from_the_clip(room, qtbot):
    room.lay_pictures()
    room.generate()
    room.session.set_picture("first", None)
    (thumb,) = room.page.history.bar.thumbs
    thumb.click()
    qtbot.waitUntil(lambda: room.session.picture("first") is not None)
    clip = room.session.finished_clips()["linear"]
    np.testing.assert_array_equal(room.session.picture("first").frame, clip.frames[0])


def test_a_later_start_shows_the_newest_result_of_the_pair(room, qtbot):
    paths = lay_files(room)
    room.generate()
    page = type(room.page)(session := Session(), WorkerLink(room.workers), Playhead(), room.settings, [])
    qtbot.addWidget(page)
    assert not page.history.open(paths)
    session.results = room.session.results
    assert not page.history.open([paths[0]])
    assert page.history.open(paths)
    qtbot.waitUntil(lambda: len(session.finished_clips()) == 4)
    page.room._playhead.pause()


def test_a_thumbnail_moves_under_the_pointer(room):
    room.lay_pictures()
    room.generate()
    (thumb,) = room.page.history.bar.thumbs
    here = QPointF(2, 2)
    thumb.enterEvent(QEnterEvent(here, here, here))
    assert thumb._beat.isActive()
    thumb._on_beat()
    assert thumb._place == 1
    thumb.grab()
    thumb.leaveEvent(QEvent(QEvent.Type.Leave))
    assert (thumb._beat.isActive(), thumb._place) == (False, 0)


def test_a_result_can_be_forgotten(room):
    room.lay_pictures()
    room.generate()
    room.page.panel.clip._seed.setValue(3)
    room.generate()
    assert room.page.history.bar.isVisibleTo(room.page)
    room.page.history.bar.thumbs[1].delete_wanted.emit()
    assert len(room.page.history.bar.thumbs) == 1
    assert len(room.session.results.results()) == 1


@pytest.mark.parametrize("gone", ["clips", "preview"])
def test_what_was_deleted_outside_is_no_crash(room, qtbot, gone):
    room.lay_pictures()
    room.generate()
    for path in (room.folder / "results").glob("clips/*" if gone == "clips" else "*.png"):
        path.unlink()
    room.page.history.bar._thumbs.clear()
    room.page.history.open([])
    room.session.set_picture("first", None)
    room.page.history.bar.thumbs[0].click()
    if gone == "clips":
        qtbot.waitUntil(lambda: "not kept any more" in room.page.panel.pair.trouble.text())
    else:
        qtbot.waitUntil(lambda: room.session.picture("first") is not None)
