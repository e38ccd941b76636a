import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from f2v_app.widgets.folder_drop import FolderDrop


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


@pytest.fixture
def drop(page):
    part = QWidget(page)
    part.resize(100, 100)
    part.show()
    return FolderDrop(page, part)


def mime_of(*urls):
    mime = QMimeData()
    mime.setUrls([QUrl(url) if "://" in url else QUrl.fromLocalFile(url) for url in urls])
    return mime


def enter(page, mime):
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, event)
    return event.isAccepted()


def let_go(page, mime):
    event = QDropEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, event)


def test_a_folder_is_taken(qtbot, page, drop, tmp_path):
    mime = mime_of(str(tmp_path))
    assert enter(page, mime)
    assert drop.isVisible()
    assert drop.size().width() == 100
    drop.grab()
    with qtbot.waitSignal(drop.dropped) as dropped:
        let_go(page, mime)
    assert dropped.args == [tmp_path]
    assert not drop.isVisible()


def test_of_a_file_the_folder_is_taken(qtbot, page, drop, tmp_path):
    (tmp_path / "a.mp4").touch()
    mime = mime_of("http://x.org/a", str(tmp_path / "a.mp4"))
    enter(page, mime)
    with qtbot.waitSignal(drop.dropped) as dropped:
        let_go(page, mime)
    assert dropped.args == [tmp_path]


def test_leaving_takes_the_frame_away(page, drop, tmp_path):
    enter(page, mime_of(str(tmp_path)))
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not drop.isVisible()


def test_nothing_else_is_taken(page, drop, tmp_path):
    assert not enter(page, mime_of("http://x.org/a"))
    drop.active = False
    assert not enter(page, mime_of(str(tmp_path)))
    assert not drop.isVisible()
