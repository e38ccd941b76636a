"""The menu behind the question mark, and what it opens."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QWidget

from f2v_app.log import LOG, log_folder
from f2v_app.settings import settings_file
from f2v_app.widgets import bug_report
from f2v_app.widgets.about_dialog import AboutDialog, libraries
from f2v_app.widgets.bug_report import write_bug_report
from f2v_app.widgets.help_dialog import HelpDialog
from f2v_app.widgets.help_menu import HelpMenu
from f2v_core.errors import ExportError
from f2v_core.version import __version__


@pytest.fixture
def menu(qtbot: Any) -> HelpMenu:
    owner = QWidget()
    qtbot.addWidget(owner)
    return HelpMenu(owner)


@pytest.fixture(autouse=True)
def doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bug_report, "_doctor", lambda: "ok\n")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said."""
    said: list[str] = []
    for name in ("information", "warning"):
        monkeypatch.setattr(QMessageBox, name, lambda *words: said.append(words[2]))
    return said


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path or ""), ""))


def trigger(menu: HelpMenu, text: str) -> None:
    next(each for each in menu.actions() if each.text() == text).trigger()


def test_it_opens_the_keys_and_what_f2v_is(menu: HelpMenu, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda self: shown.append(self))  # noqa: PLW0108 - a method binds
    trigger(menu, "Keyboard shortcuts")
    trigger(menu, "About f2v")
    assert [type(each) for each in shown] == [HelpDialog, AboutDialog]
    assert any(__version__ in label.text() for label in shown[1].findChildren(QLabel))


def test_libraries_have_versions_and_licences() -> None:
    found = {name: (version, licence) for name, version, licence in libraries()}
    assert {"torch", "numpy", "av"} <= set(found)
    assert all(version and licence for version, licence in found.values()), found


def test_a_report_holds_what_is_needed(menu: HelpMenu, tmp_path: Path) -> None:
    log_folder().mkdir(parents=True)
    (log_folder() / LOG).write_text("{}")
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("[window]")
    path = write_bug_report(tmp_path / "report.zip", "ValueError: odd")
    with zipfile.ZipFile(path) as whole:
        assert set(whole.namelist()) == {"doctor.txt", "error.txt", LOG, settings_file().name}
    with pytest.raises(ExportError, match="cannot be written"):
        write_bug_report(tmp_path / "missing" / "report.zip")


def test_a_report_is_saved_where_the_user_says(
    menu: HelpMenu, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    chosen(monkeypatch, None)
    trigger(menu, "Save report for a bug…")
    chosen(monkeypatch, tmp_path / "report.zip")
    trigger(menu, "Save report for a bug…")
    qtbot.waitUntil(lambda: bool(told))
    assert "report.zip" in told[0]
    chosen(monkeypatch, tmp_path / "missing" / "report.zip")
    trigger(menu, "Save report for a bug…")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "cannot be written" in told[1]


def test_the_log_folder_is_opened(menu: HelpMenu, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    trigger(menu, "Open log folder")
    assert opened == [str(log_folder())]
    assert log_folder().is_dir()


@pytest.fixture
def press(menu: HelpMenu) -> Callable[[str], None]:
    def pressed(text: str) -> None:
        box = menu._owner.findChild(QMessageBox)
        assert box is not None
        next(each for each in box.buttons() if each.text() == text).click()

    return pressed


def test_a_surprise_is_told_with_its_last_line(menu: HelpMenu, press: Callable[[str], None]) -> None:
    menu.tell_surprise("Traceback\nValueError: odd\n")
    box = menu._owner.findChild(QMessageBox)
    assert box is not None
    assert box.informativeText() == "ValueError: odd"
    press("Copy details")
    assert QGuiApplication.clipboard().text() == "Traceback\nValueError: odd\n"


def test_a_surprise_offers_its_report(
    menu: HelpMenu,
    press: Callable[[str], None],
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[str],
) -> None:
    chosen(monkeypatch, tmp_path / "report.zip")
    menu.tell_surprise("ValueError: odd")
    press("Save report…")
    qtbot.waitUntil(lambda: bool(told))
    with zipfile.ZipFile(tmp_path / "report.zip") as whole:
        assert whole.read("error.txt") == b"ValueError: odd"
