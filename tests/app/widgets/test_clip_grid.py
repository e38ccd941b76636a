import numpy as np
import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from f2v_app import theme
from f2v_app.widgets import clip_pictures
from f2v_app.widgets.clip_grid import NOTHING, ClipGrid
from f2v_app.widgets.clip_table import Clips, read_clip_table
from f2v_core.data.dataset import SHARDS
from f2v_core.errors import DataError
from tests.app.made_datasets import frames_of, make_dataset, record


@pytest.fixture
def table(tmp_path):
    return read_clip_table(make_dataset(tmp_path / "set"))


@pytest.fixture
def grid(qtbot, table):
    made = ClipGrid()
    qtbot.addWidget(made)
    made.setGeometry(200, 200, 420, 330)  # away from the pointer
    made.show_clips(table, np.arange(6))
    with qtbot.waitExposed(made):
        made.show()
    made.clearFocus()
    return made


def grey_at(grid, number):
    area = grid.visualRect(grid.clips.cell(number))
    return grid.viewport().grab().toImage().pixelColor(area.center() - QPoint(0, 20)).red()


def move_to(grid, number, *, inside=True):
    place = (
        QPointF(grid.visualRect(grid.clips.cell(number)).center())
        if inside
        else QPointF(grid.viewport().width() - 1, 320)
    )
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, grid.viewport().mapToGlobal(place), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), event)


def test_it_lays_clips_in_reading_order(grid):
    clips = grid.clips
    assert (clips.columnCount(), clips.rowCount(), clips.count) == (3, 2, 6)
    assert [clips.clip_at(clips.index(line, column)) for line in (0, 1) for column in range(3)] == list(
        range(6)
    )
    assert clips.clip_at(QModelIndex()) == -1


def test_cells_behind_the_last_clip_are_empty(grid, table):
    grid.show_clips(table, np.array([5, 0, 3, 1]))
    beyond = grid.clips.index(1, 1)
    assert grid.clips.data(beyond, Qt.ItemDataRole.AccessibleTextRole) is None
    assert grid.clips.flags(beyond) == Qt.ItemFlag.NoItemFlags
    assert grid.clips.data(grid.clips.cell(0)) is None
    grid.viewport().grab()
    assert grid._tip(beyond) == ""


def test_stills_come_from_a_thread(qtbot, grid):
    qtbot.waitUntil(lambda: all(grey_at(grid, number) == 10 * number + 2 for number in range(6)))


def test_clips_have_words(grid):
    cell = grid.clips.cell(4)
    assert grid.clips.data(cell, Qt.ItemDataRole.ToolTipRole) == (
        'folder/a "4", b.mp4\nval · erupting\n0.4 s from 5:00.0, 16 × 16 px\n'
        "Motion 0.2 a second, L2 of linear interpolation 4\nFlags: static, frozen"
    )
    assert "Flags: static, frozen" in grid.clips.data(cell, Qt.ItemDataRole.AccessibleTextRole)


def test_the_clip_under_the_pointer_plays(qtbot, grid):
    seen = set()
    grid.player.moved.connect(lambda row: seen.add((row, grid.player._place)))
    move_to(grid, 3)
    qtbot.waitUntil(lambda: {(3, place) for place in range(4)} <= seen)
    assert grid.player._beat.interval() == 100
    image = grid.player.image(3)
    assert image.pixelColor(3, 3).red() == 30 + grid.player._place
    assert grid.player.image(2) is None
    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
    assert grid.player.row == -1
    assert grid.player.image(3) is None


def test_crossing_the_grid_plays_only_where_the_pointer_rests(qtbot, grid):
    for number in (0, 1, 2):
        move_to(grid, number)
    assert grid.player.row == 2
    qtbot.waitUntil(lambda: grid.player.image(2) is not None)
    grid._on_left()
    assert grid.player.row == -1


def focus(qtbot, grid):
    grid.activateWindow()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)


def test_the_keyboard_walks_over_all_clips_and_plays(qtbot, grid):
    focus(qtbot, grid)
    assert grid.player.row == 0
    moves = [
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Down, 5), (Qt.Key.Key_Right, 5), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 5), (Qt.Key.Key_Up, 2),
    ]  # fmt: skip
    for key, row in moves:
        QTest.keyClick(grid, key)
        assert grid.player.row == row, key
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.player.row == -1
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.player.row == 2
    grid.clearFocus()
    assert grid.player.row == -1


def test_with_less_motion_only_the_pointer_or_space_plays(qtbot, grid, monkeypatch):
    monkeypatch.setattr(theme, "reduced_motion", lambda: True)
    focus(qtbot, grid)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.player.row == -1
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.player.row == 1
    move_to(grid, 4)
    assert grid.player.row == 4


def test_the_chosen_clip_stays_when_the_width_changes(qtbot, grid):
    focus(qtbot, grid)
    grid.setCurrentIndex(grid.clips.cell(4))
    grid.resize(700, 330)
    assert grid.clips.columnCount() == 5
    assert grid.clips.number_at(grid.currentIndex()) == 4


def test_the_tooltip_stands_below_its_clip(grid, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, words, *_: shown.append((place, words)))
    inside = grid.visualRect(grid.clips.cell(1))
    QApplication.sendEvent(grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, inside.center(), QPoint(0, 0)))
    place, words = shown[0]
    assert place.y() > grid.viewport().mapToGlobal(inside.center()).y()
    assert words.startswith('folder/a "1", b.mp4')


def test_a_clip_that_cannot_be_read_says_why(qtbot, grid, table):
    (table.dataset.folder / SHARDS / "train-000000.tar").unlink()
    grid.show_clips(table, np.arange(6))
    qtbot.waitUntil(lambda: isinstance(grid.pictures.still(0), str))
    assert "cannot be read" in grid._tip(grid.clips.cell(0))
    grid.viewport().grab()
    grid.player.play(0)
    qtbot.waitSignal(grid.player._background.failed).wait()
    assert grid.player.image(0) is None


class Broken(Clips):
    def record(self, row):
        raise DataError("The index is gone.", "Prepare again.")

    def frames(self, row):
        return frames_of(row)


def test_a_clip_without_a_record_says_why(grid):
    grid.show_clips(Broken(), np.arange(2))
    assert (
        grid.clips.data(grid.clips.cell(0), Qt.ItemDataRole.ToolTipRole)
        == "The index is gone. Prepare again."
    )
    grid.viewport().grab()


def test_nothing_is_shown_and_asked(qtbot, grid):
    grid.show_clips(None, NOTHING)
    focus(qtbot, grid)
    assert grid.player.row == -1
    assert grid.clips.rowCount() == 0
    grid.player.play(0)
    grid.player._load()
    grid.pictures.still(0)
    grid.pictures._ask()


class Large(Clips):
    def record(self, row):
        return record(row)

    def frames(self, row):
        return np.zeros((2, 200, 400, 3), np.uint8)


def test_stills_are_no_larger_than_they_are_shown():
    still = clip_pictures.read_still(Large(), 0, 100)
    assert isinstance(still, QImage)
    assert (still.width(), still.height()) == (100, 50)


def test_old_stills_are_forgotten(qtbot, grid, table, monkeypatch):
    monkeypatch.setattr(clip_pictures, "KEPT", 2)
    qtbot.waitUntil(lambda: len(grid.pictures._stills) == 2)
    grid.pictures.set_side(7)
    assert not grid.pictures._stills
    grid.hide()
    grid.pictures.still(0)
    with qtbot.waitSignal(grid.pictures.arrived):
        grid.pictures.still(1)
    before = grid.pictures._stills.copy()
    grid.pictures._on_answered((99, {5: "of another size"}))
    assert grid.pictures._stills == before
