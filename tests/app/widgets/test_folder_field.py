from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QToolButton

from f2v_app.widgets.folder_field import FolderField
from f2v_core.errors import DataError


def check(folder: Path) -> str:
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder.", "Choose one.")
    return "3 videos."


@pytest.fixture
def field(qtbot: Any) -> FolderField:
    made = FolderField("Training videos", "Short ones.", check)
    qtbot.addWidget(made)
    return made


def words(field: FolderField) -> str:
    return field.findChildren(QLabel)[0].text()


def line(field: FolderField) -> QLineEdit:
    return field.findChildren(QLineEdit)[0]


def test_a_good_folder_is_described(qtbot: Any, field: FolderField, tmp_path: Path) -> None:
    with qtbot.waitSignal(field.checked) as checked:
        field.set_path(str(tmp_path))
    assert checked.args == [True]
    assert field.good
    assert words(field) == "3 videos."


def test_a_bad_one_is_told_with_its_remedy(qtbot: Any, field: FolderField) -> None:
    with qtbot.waitSignal(field.checked) as checked:
        field.set_path("/no/where")
    assert checked.args == [False]
    assert words(field) == "/no/where is not a folder. Choose one."
    assert line(field).accessibleDescription() == words(field)


def test_typing_is_looked_at_when_it_rests(qtbot: Any, field: FolderField, tmp_path: Path) -> None:
    with qtbot.waitSignal(field.checked):
        qtbot.keyClicks(line(field), str(tmp_path))
    assert field.good
    qtbot.keyClicks(line(field), "x")
    assert not field.good


def test_typing_on_makes_an_answer_worthless(qtbot: Any, field: FolderField, tmp_path: Path) -> None:
    field.set_path(str(tmp_path))  # its answer is on its way
    line(field).setText(f"{tmp_path}/no")
    with qtbot.waitSignal(field.checked) as checked:
        pass
    assert checked.args == [False]


def test_only_the_newest_folder_counts(qtbot: Any, field: FolderField, tmp_path: Path) -> None:
    answers: list[bool] = []
    field.checked.connect(answers.append)
    field.set_path("/no/where")
    field.set_path(str(tmp_path))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [True]


def test_an_emptied_field_gives_its_hint_again(qtbot: Any, field: FolderField) -> None:
    with qtbot.waitSignal(field.checked):
        field.set_path("/no/where")
    with qtbot.waitSignal(field.checked) as checked:
        field.set_path("")
    assert checked.args == [False]
    assert words(field) == "Short ones."


def test_complains_where_nothing_was_chosen(field: FolderField) -> None:
    field.complain()
    assert words(field) == "Choose a folder first."


def test_complaining_keeps_the_better_reason(qtbot: Any, field: FolderField) -> None:
    with qtbot.waitSignal(field.checked):
        field.set_path("/no/where")
    field.complain()
    assert words(field).startswith("/no/where is not a folder.")


@pytest.mark.parametrize("chosen", ["", "folder"])
def test_browsing(
    qtbot: Any, field: FolderField, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    answer = str(tmp_path) if chosen else ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answer)
    field.findChildren(QToolButton)[0].click()
    assert field.path == answer


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def test_takes_a_dropped_folder_or_the_folder_of_a_dropped_video(
    qtbot: Any, field: FolderField, tmp_path: Path
) -> None:
    video = tmp_path / "a.mp4"
    video.touch()
    for dropped in (tmp_path, video):
        event = QDropEvent(
            QPointF(1, 1),
            Qt.DropAction.CopyAction,
            data := mime(QUrl.fromLocalFile(str(dropped))),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with qtbot.waitSignal(field.checked):
            field.dropEvent(event)
        assert field.path == str(tmp_path)
        assert data.hasUrls()


@pytest.mark.parametrize(("url", "taken"), [("file:///tmp", True), ("https://example.org", False)])
def test_takes_only_local_drags(field: FolderField, url: str, taken: bool) -> None:
    data = mime(QUrl(url))
    event = QDropEvent(  # a QDragEnterEvent's constructor is deprecated
        QPointF(1, 1),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    field.dragEnterEvent(event)
    assert event.isAccepted() == taken
