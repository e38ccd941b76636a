import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


@pytest.fixture
def page(room):
    room.lay_pictures()
    room.generate()
    room.playhead.pause()
    room.page.show()
    return room.page


def shown(page) -> list[str]:
    return [pane.model for pane in page.room.view.panes if pane.isVisibleTo(page)]


def words(page) -> str:
    return " / ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


ALL = ["linear", "flow", "cvae", "cgan"]


def test_a_mode_compares_all_clips_with_the_reference(page):
    bar = page.room.bar
    assert shown(page) == ALL
    assert not bar.reference.isVisibleTo(page)
    bar.modes.press("wipe")
    assert shown(page) == ["flow", "cvae", "cgan"]
    assert "Linear | CVAE" in words(page)
    bar.sides.click()
    assert "CVAE | Linear" in words(page)
    bar.reference.setCurrentIndex(2)
    bar.reference.activated.emit(2)
    assert shown(page) == ["linear", "flow", "cgan"]
    np.testing.assert_array_equal(page.room.view.panes[0].view.other, page.room.view.panes[2].view.frame)


def test_a_mode_keeps_zoom_and_place(page):
    viewport = page.room.view.viewport
    viewport.zoom_to(4.0)
    for mode in ("wipe", "difference", "onion", "flip", "grid"):
        page.room.bar.modes.press(mode)
        assert viewport.zoom == 4.0


def test_a_difference_has_a_gain_and_a_legend(page):
    bar = page.room.bar
    bar.modes.press("difference")
    assert "CVAE − Linear" in words(page)
    bar.gain.setCurrentIndex(3)
    bar.gain.activated.emit(3)
    assert bar._legend.accessibleName() == "Black is equal, white is 32 levels apart"
    assert not bar.sides.isVisibleTo(page)
    bar.modes.press("onion")
    bar.opacity.setValue(20)
    assert page.room.view.comparison.opacity == 0.2


def test_keys_choose_the_mode(page, qtbot):
    for key, mode in (("D", "difference"), ("D", "grid"), ("W", "wipe"), ("C", "sheet"), ("G", "grid")):
        action = next(each for each in page.actions() if each.shortcut().toString() == key)
        action.trigger()
        assert page.room.view.comparison.mode == mode
        assert page.room.bar.modes.value == mode


def test_a_panes_key_picks_it_and_peeks_while_it_is_held(page, qtbot, monkeypatch):
    qtbot.keyPress(page, Qt.Key.Key_3)
    assert shown(page) == ["cvae"]
    qtbot.keyRelease(page, Qt.Key.Key_3)
    assert shown(page) == ["cvae"]
    qtbot.keyClick(page, Qt.Key.Key_3)
    assert shown(page) == ALL
    monkeypatch.setattr("f2v_app.widgets.compare_room.PEEK_MS", 0)
    qtbot.keyPress(page, Qt.Key.Key_2)
    assert shown(page) == ["flow"]
    qtbot.keyRelease(page, Qt.Key.Key_2)
    assert shown(page) == ALL
    qtbot.keyClick(page, Qt.Key.Key_9)
    assert shown(page) == ALL


def test_the_flip_key_shows_the_reference_while_it_is_held(page, qtbot):
    qtbot.keyPress(page, Qt.Key.Key_F)
    assert (page.room.view.comparison.mode, page.room.view.comparison.flipped) == ("flip", True)
    assert "Linear" in words(page)
    qtbot.keyRelease(page, Qt.Key.Key_F)
    assert (page.room.view.comparison.mode, page.room.view.comparison.flipped) == ("flip", False)


def test_the_sheet_has_a_zoom_of_its_own(page):
    page.room.bar.modes.press("sheet")
    view = page.room.view
    assert view._sheet.frame is not None
    view.show_actual()
    assert (view.shown_viewport.zoom, view.viewport.fitted) == (1.0, True)
    view.fit()
    assert view.shown_viewport.fitted


def test_strip_and_film_show_the_same_frames_as_the_scrubber(page, room, qtbot):
    figures, film = page.room.transport.figures, page.room.transport.film
    assert [curve.title for curve in figures.curves] == ["Linear", "Optical flow", "CVAE", "CGAN"]
    assert "Change from frame to frame, frame 6" in figures.words_at(5)
    assert figures.words_at(0) == ""
    for strip in (figures, film):
        point = strip.rect().center()
        point.setX(round(strip.place(12)))
        qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=point)
        assert room.playhead.index == 12
        assert strip.index_at(strip.place(29)) == 29
    assert film.toolTip() == "Frames of CGAN"
    page.room.view.comparison.pick("linear")
    assert film.toolTip() == "Frames of Linear"
    assert all(room.left() <= film.place(index) <= room.right() for room, index in film.places())


def test_the_range_is_marked(page, room):
    room.playhead.set_range(5, 20)
    assert page.room.transport._whole.isVisibleTo(page)
    page.grab()
    page.room.transport._whole.click()
    assert not room.playhead.ranged
    assert not page.room.transport._whole.isVisibleTo(page)
