from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QEnterEvent, QImage
from PySide6.QtWidgets import QFileDialog

from f2v_app.widgets.dropped import may_hold_pictures, natural_order, sources_in
from f2v_core.errors import InputError
from f2v_core.media.images import encode_png


@pytest.fixture
def panel(room):
    room.page.show()
    return room.page.panel.pair


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def image(red: int) -> QImage:
    made = QImage(3, 2, QImage.Format.Format_RGB32)
    made.fill(QColor(red, 0, 0))
    return made


def name(room, slot: str) -> str | None:
    picture = room.session.picture(slot)
    return picture.name if picture else None


def loaded(room, qtbot, slot: str, wanted: str) -> None:
    qtbot.waitUntil(lambda: name(room, slot) == wanted)


def test_one_file_goes_into_its_well(room, panel, qtbot):
    panel.take(files(room.picture_file("x.png")), "last")
    loaded(room, qtbot, "last", "x.png")
    assert room.session.picture("first") is None
    assert panel.wells["last"].accessibleDescription() == "x.png"


def test_two_files_on_one_well_fill_both_in_name_order(room, panel, qtbot):
    panel.take(files(room.picture_file("b.png"), room.picture_file("a.png")), "last")
    loaded(room, qtbot, "first", "a.png")
    loaded(room, qtbot, "last", "b.png")


def test_a_wrong_file_says_what_to_do_and_loses_nothing(room, panel, qtbot):
    panel.take(files(room.picture_file("good.png")), "first")
    loaded(room, qtbot, "first", "good.png")
    wrong = room.folder / "notes.png"
    wrong.write_text("text")
    panel.take(files(wrong), "first")
    qtbot.waitUntil(panel.trouble.isVisible)
    assert "notes.png is not a picture" in panel.trouble.text()
    assert "Choose a PNG" in panel.trouble.text()
    assert "still there" in panel.trouble.text()
    assert name(room, "first") == "good.png"
    assert "notes.png" in panel.wells["first"].accessibleDescription()
    panel.wells["first"].grab()
    panel.take(files(room.picture_file("next.png")), "first")
    loaded(room, qtbot, "first", "next.png")
    assert not panel.trouble.isVisible()


def test_trouble_is_forgotten_when_the_user_goes_on(room, panel, qtbot):
    room.lay_pictures()
    for go_on in (panel.forget_trouble, room.session.swap):
        panel.take(files(room.folder), "first")
        qtbot.waitUntil(panel.trouble.isVisible)
        assert panel.wells["first"].wrong
        go_on()
        assert not panel.trouble.isVisible()
        assert not panel.wells["first"].wrong


def test_trouble_in_one_well_outlives_a_picture_in_the_other(room, panel, qtbot):
    wrong = room.folder / "a.png"
    wrong.write_text("text")
    panel.take(files(wrong, room.picture_file("b.png")), "first")
    loaded(room, qtbot, "last", "b.png")
    qtbot.waitUntil(panel.trouble.isVisible)
    panel.forget_trouble()
    assert not panel.trouble.isVisible()


def test_pasted_image_data_goes_into_the_next_empty_well(room, panel, qtbot, qapp):
    room.page.setFocus()
    qapp.clipboard().setImage(image(7))
    panel.paste()
    loaded(room, qtbot, "first", "Pasted picture")
    qapp.clipboard().setImage(image(9))
    panel.paste()
    loaded(room, qtbot, "last", "Pasted picture")
    assert room.session.picture("last").frame[0, 0].tolist() == [9, 0, 0]
    panel.wells["first"].setFocus()
    qtbot.waitUntil(panel.wells["first"].hasFocus)
    qapp.clipboard().setImage(image(11))
    panel.paste()
    qtbot.waitUntil(lambda: room.session.picture("first").frame[0, 0, 0] == 11)


def test_packed_image_data_is_decoded(room, panel, qtbot):
    mime = QMimeData()
    mime.setData("image/x-unknown", encode_png(np.full((2, 3, 3), 5, np.uint8)))
    assert may_hold_pictures(mime)
    panel.take(mime, "first")
    loaded(room, qtbot, "first", "Pasted picture")
    assert room.session.picture("first").frame.tolist() == np.full((2, 3, 3), 5).tolist()


def test_a_path_in_text_is_a_file(room, panel, qtbot):
    mime = QMimeData()
    mime.setText(f"{room.picture_file('t.png')}\n")
    panel.take(mime)
    loaded(room, qtbot, "first", "t.png")


@pytest.mark.parametrize(
    ("url", "text", "message"),
    [("https://example.org/a.png", "", "is a link, not a picture"), ("", "hello", "no picture in that")],
)
def test_what_is_no_picture_gets_a_remedy(panel, url, text, message):
    mime = QMimeData()
    if url:
        mime.setUrls([QUrl(url)])
    mime.setText(text)
    with pytest.raises(InputError, match=message) as error:
        sources_in(mime)
    assert error.value.remedy
    panel.take(mime)
    assert message in panel.trouble.text()


def test_names_sort_as_people_count():
    names = ["f10.png", "F2.png", "a.png", "2.png", "10.png"]
    ordered = [path.name for path in sorted(map(Path, names), key=natural_order)]
    assert ordered == ["2.png", "10.png", "a.png", "F2.png", "f10.png"]


def test_browsing_remembers_the_folder(room, panel, qtbot, monkeypatch):
    path = room.picture_file("chosen.png")
    asked = []

    def ask(_parent, title, folder, patterns):
        asked.append((title, folder))
        return [str(path)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", ask)
    qtbot.keyClick(panel.wells["last"], Qt.Key.Key_Return)
    loaded(room, qtbot, "last", "chosen.png")
    qtbot.mouseClick(panel.wells["last"], Qt.MouseButton.LeftButton)
    assert asked[1] == ("Last image", str(room.folder))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    panel.browse("first")
    assert name(room, "first") is None


def test_swap_and_remove(room, panel, qtbot):
    room.lay_pictures()
    panel._swap.click()
    assert (name(room, "first"), name(room, "last")) == ("last.png", "first.png")
    qtbot.keyClick(panel.wells["first"], Qt.Key.Key_Delete)
    assert name(room, "first") is None
    well = panel.wells["last"]
    well.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    well._remove.click()
    well.leaveEvent(None)
    assert name(room, "last") is None
    assert not panel._swap.isEnabled()
    qtbot.keyClick(well, Qt.Key.Key_X)


def test_a_real_drop_on_a_well(room, panel, qtbot):
    mime = files(room.picture_file("d.png"))
    well = panel.wells["last"]
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, plain)
    well.dragEnterEvent(enter)
    assert enter.isAccepted()
    well.grab()
    well.dragLeaveEvent(QDragLeaveEvent())
    nothing = QMimeData()  # named: the event only borrows it
    empty = QDragEnterEvent(QPoint(5, 5), copy, nothing, left, plain)
    empty.ignore()
    well.dragEnterEvent(empty)
    assert not empty.isAccepted()
    well.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, plain))
    loaded(room, qtbot, "last", "d.png")
    well.grab()


def test_unequal_sizes_are_told_before_anything_happens(room, panel, qtbot):
    fit = room.page.panel.fit
    room.page.load_files([room.picture_file("a.png", (16, 12)), room.picture_file("b.png", (30, 10))])
    qtbot.waitUntil(fit.isVisible)
    words = []
    for index in range(3):
        fit.rules.setCurrentIndex(index)
        words.append(fit._words.text())
    assert [word.split(": it ")[1] for word in words] == [
        "is cropped to 16 × 12.", "gets black bars to 16 × 12.", "is stretched to 16 × 12.",
    ]  # fmt: skip
    assert room.session.fit == "stretch"
    room.page.load_files([room.picture_file("c.png", (32, 24)), room.picture_file("d.png", (16, 12))])
    qtbot.waitUntil(lambda: fit._words.text() == "The last image is scaled to 32 × 24.")
    assert not fit.rules.isVisible()
    room.session.swap()
    room.session.set_picture("last", None)
    assert not fit.isVisible()
