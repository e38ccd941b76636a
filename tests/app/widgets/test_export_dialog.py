from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from f2v_app.settings import Settings
from f2v_app.widgets import export_dialog
from f2v_app.widgets.export_dialog import ExportDialog
from f2v_app.widgets.export_form import usual_folder
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_core.errors import ExportError
from f2v_core.frames import Clip
from f2v_core.media.videos import read_frames
from f2v_core.messages import ExportDone, ExportEvent, ExportProgress


@pytest.fixture
def clips() -> dict[str, Clip]:
    frames = np.random.default_rng(0).integers(0, 256, (4, 16, 16, 3), dtype=np.uint8)
    return {"Linear": Clip(frames, 10.0), "CVAE": Clip(frames[::-1].copy(), 10.0)}


@pytest.fixture
def settings(tmp_path: Path, user_home: Path) -> Settings:
    made = Settings(user_home / "window.ini")
    made.write("export/folder", str(tmp_path))
    return made


@pytest.fixture
def dialog(qtbot: Any, clips: dict[str, Clip], settings: Settings) -> ExportDialog:
    made = ExportDialog(clips, "street", settings=settings)
    qtbot.addWidget(made)
    return made


def named(dialog: QWidget, kind: type[QWidget], name: str) -> Any:
    return next(each for each in dialog.findChildren(kind) if each.accessibleName() == name)


def button(dialog: ExportDialog, name: str) -> QPushButton:
    return named(dialog, QPushButton, name)  # type: ignore[no-any-return]


def pick(dialog: ExportDialog, box: str, text: str) -> None:
    combo = named(dialog, QComboBox, box)
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def words(dialog: ExportDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel))


def held(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Make the export write one frame and wait; returns what lets it go on and what tells that it was closed."""
    go, closed = Event(), Event()

    def export(*_: Any, **__: Any) -> Iterator[ExportEvent]:
        try:
            yield ExportProgress(1, 4)
            go.wait()
            yield ExportProgress(2, 4)
        finally:
            closed.set()

    monkeypatch.setattr(export_dialog, "export_clip", export)
    return go, closed


def test_suggests_a_comparison_as_mp4(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.form.path == tmp_path / "street comparison.mp4"
    assert "4 frames, 0.4 s at 10 frames per second. Compressed" in words(dialog)


def test_writes_one_clip_exactly(
    qtbot: Any, dialog: ExportDialog, clips: dict[str, Clip], tmp_path: Path
) -> None:
    pick(dialog, "What", "CVAE")
    pick(dialog, "Format", "Animated PNG: exact, shown by browsers")
    assert ", 16 × 16 pixels. Every pixel is kept exactly." in words(dialog)
    with qtbot.waitSignal(dialog.exported) as exported:
        button(dialog, "Export").click()
    assert exported.args == [str(tmp_path / "street CVAE.png")]
    written = [frame for _, frame in read_frames(tmp_path / "street CVAE.png")]
    np.testing.assert_array_equal(written, clips["CVAE"].frames)
    qtbot.waitUntil(lambda: not dialog.running)


def test_after_success_the_file_is_a_click_away(
    qtbot: Any, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.form.set_path(tmp_path / "x.gif")
    with qtbot.waitSignal(dialog.exported):
        button(dialog, "Export").click()
    qtbot.waitUntil(lambda: not dialog.running)
    button(dialog, "Open folder").click()
    button(dialog, "Copy path").click()
    assert opened == [str(tmp_path)]
    assert QGuiApplication.clipboard().text() == str(tmp_path / "x.gif")
    assert f"Written to {tmp_path / 'x.gif'}" in words(dialog)
    with qtbot.waitSignal(dialog.accepted):
        button(dialog, "Close").click()


def test_asks_before_it_replaces(qtbot: Any, dialog: ExportDialog, tmp_path: Path) -> None:
    old = tmp_path / "old.gif"
    old.write_bytes(b"old")
    dialog.form.set_path(old)
    export = button(dialog, "Export")
    export.click()
    assert "old.gif exists already. Replace it, or give another name." in words(dialog)
    assert (export.text(), old.read_bytes()) == ("Replace", b"old")
    named(dialog, QLineEdit, "File").editingFinished.emit()
    assert export.text() == "Replace"
    with qtbot.waitSignal(dialog.exported):
        export.click()
    assert old.read_bytes().startswith(b"GIF")
    qtbot.waitUntil(lambda: not dialog.running)


def test_another_name_takes_the_question_back(qtbot: Any, dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "old.gif").touch()
    dialog.form.set_path(tmp_path / "old.gif")
    button(dialog, "Export").click()
    qtbot.keyClicks(named(dialog, QLineEdit, "File"), "x")
    assert button(dialog, "Export").text() == "Export"
    assert "exists already" not in words(dialog)


def test_trouble_is_told_in_the_dialog(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.form.set_path(tmp_path / "missing" / "x.mp4")
    button(dialog, "Export").click()
    assert f"The folder {tmp_path / 'missing'} does not exist." in words(dialog)
    assert not dialog.running


def test_a_failure_on_the_way_is_told(
    qtbot: Any, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export(*_: Any, **__: Any) -> Iterator[ExportEvent]:
        yield ExportProgress(1, 4)
        raise ExportError("The disk is full.", "Free some space.")

    monkeypatch.setattr(export_dialog, "export_clip", export)
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert "⚠ The disk is full. Free some space." in words(dialog)
    assert dialog.form.isEnabled()


def test_cancel_answers_at_once(qtbot: Any, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    go, closed = held(monkeypatch)
    button(dialog, "Export").click()
    bar = named(dialog, QProgressBar, "Export progress")
    qtbot.waitUntil(lambda: bar.value() == 1)
    assert "Writing frame 1 of 4" in words(dialog)
    assert not dialog.form.isEnabled()
    button(dialog, "Cancel").click()
    assert "Cancelling…" in words(dialog)
    go.set()
    qtbot.waitUntil(lambda: not dialog.running)
    assert closed.is_set()
    assert "Cancelled; nothing was written." in words(dialog)


def test_closing_the_dialog_cancels(
    qtbot: Any, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, closed = held(monkeypatch)
    button(dialog, "Export").click()
    dialog.reject()
    go.set()
    qtbot.waitUntil(closed.is_set)


def test_cancelling_leaves_nothing_behind(qtbot: Any, tmp_path: Path, settings: Settings) -> None:
    clip = Clip(np.random.default_rng(0).integers(0, 256, (200, 64, 64, 3), dtype=np.uint8), 10.0)
    dialog = ExportDialog({"CVAE": clip}, "street", settings=settings)
    qtbot.addWidget(dialog)
    dialog.form.set_path(tmp_path / "x.mkv")
    button(dialog, "Export").click()
    bar = named(dialog, QProgressBar, "Export progress")
    qtbot.waitUntil(lambda: bar.value() > 0)
    button(dialog, "Cancel").click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("a.webm", "a.webm", "WebM"),
        ("a", "a.mp4", "MP4"),
        ("v1.5", "v1.5.mp4", "MP4"),
        ("a.GIF", "a.gif", "GIF"),
    ],
)
def test_ending_and_format_follow_each_other(
    dialog: ExportDialog, tmp_path: Path, typed: str, name: str, kind: str
) -> None:
    line = named(dialog, QLineEdit, "File")
    line.setText(str(tmp_path / typed))
    line.editingFinished.emit()
    assert line.text() == str(tmp_path / name)
    assert kind in named(dialog, QComboBox, "Format").currentText()


def test_a_name_of_ones_own_stays_when_the_format_changes(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.form.set_path(tmp_path / "mine.mp4")
    pick(dialog, "What", "Linear")
    pick(dialog, "Format", "Folder of PNG frames: exact, for other programs")
    assert dialog.form.path == tmp_path / "mine"


@pytest.mark.parametrize("chosen", ["", "picked.webm"])
def test_browsing(dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str) -> None:
    before = dialog.form.path
    answer = str(tmp_path / chosen) if chosen else ""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (answer, ""))
    button(dialog, "Browse").click()
    assert dialog.form.path == (tmp_path / chosen if chosen else before)


def test_a_cancel_that_comes_too_late_tells_of_the_file(
    qtbot: Any, dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    go = Event()

    def export(*_: Any, **__: Any) -> Iterator[ExportEvent]:
        yield ExportProgress(4, 4)
        go.wait()
        yield ExportDone(str(tmp_path / "x.mp4"))

    monkeypatch.setattr(export_dialog, "export_clip", export)
    button(dialog, "Export").click()
    qtbot.waitUntil(lambda: "Finishing the file" in words(dialog))
    button(dialog, "Cancel").click()
    with qtbot.waitSignal(dialog.exported):
        go.set()
    assert f"Written to {tmp_path / 'x.mp4'}" in words(dialog)


def test_the_next_export_begins_in_the_folder_of_the_last(
    qtbot: Any, dialog: ExportDialog, settings: Settings, clips: dict[str, Clip], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    dialog.form.set_path(tmp_path / "other" / "x.gif")
    with qtbot.waitSignal(dialog.exported):
        button(dialog, "Export").click()
    second = ExportDialog(clips, "street", settings=settings)
    qtbot.addWidget(second)
    assert second.form.path.parent == tmp_path / "other"


@pytest.mark.parametrize("remembered", ["", "/no/where"])
def test_without_a_folder_to_go_back_to_it_takes_the_usual_one(
    qtbot: Any, clips: dict[str, Clip], settings: Settings, remembered: str
) -> None:
    settings.write("export/folder", remembered)
    for given in (settings, None):
        dialog = ExportDialog(clips, "street", settings=given)
        qtbot.addWidget(dialog)
        assert dialog.form.path.parent == usual_folder()


def test_usual_folder_exists() -> None:
    assert usual_folder().is_dir()


def test_no_number_is_told_in_words_and_typed_over(qtbot: Any, dialog: ExportDialog) -> None:
    rate, last = (
        named(dialog, kind, name) for kind, name in ((FloatBox, "Frames a second"), (IntBox, "To frame"))
    )
    assert (rate.text(), last.text()) == ("as the clip", "last")
    rate.lineEdit().selectAll()
    qtbot.keyClicks(rate.lineEdit(), "5")
    rate.interpretText()
    assert dialog.form.config.rate == 5
    rate.setValue(0)
    rate.interpretText()
    assert (rate.value(), rate.text()) == (0, "as the clip")
    last.setValue(9)
    assert "⚠ Frames 1 to 9 are not in the clip." in words(dialog)
    button(dialog, "Export").click()
    assert not dialog.running
