from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from f2v_app import app
from f2v_app.app import Studio
from f2v_app.settings import Settings, settings_file
from f2v_app.widgets.help_dialog import HelpDialog
from f2v_core.runs import runs_folder
from tests.app.made_runs import make_run
from tests.app.studio_room import page_button, worker_text


def test_the_first_start_plays_a_sample(studio, qtbot):
    with qtbot.waitSignal(studio.generate.generated, timeout=10_000):
        studio.open([])
    assert studio.session.sample() is not None
    assert len(studio.session.finished_clips()) == 4
    assert studio.playhead.playing
    assert worker_text(studio) == "CPU · ready"


def test_it_opens_with_the_pictures_of_the_command_line(studio, qtbot):
    sample = studio._samples[1]
    studio.open([sample.first, sample.last])
    qtbot.waitUntil(lambda: studio.session.pair() is not None)
    assert studio.session.picture("first").path == sample.first
    assert studio.session.clips == {}


def test_the_next_start_shows_the_pair_of_the_last_one(qtbot, workers, tmp_path):
    sample = Studio(workers)._samples[1]
    paths = [tmp_path / "1.jpg", tmp_path / "2.jpg"]
    for path in paths:
        path.write_bytes(sample.first.read_bytes())
    first = Studio(workers)
    qtbot.addWidget(first.window)
    first.open(paths)
    qtbot.waitUntil(lambda: first.session.pair() is not None)
    first.window.close()
    first.close()
    again = Studio(workers)
    qtbot.addWidget(again.window)
    again.open([])
    qtbot.waitUntil(lambda: again.session.pair() is not None)
    assert again.session.picture("last").path == paths[1]
    assert not Settings(settings_file()).geometry().isEmpty()
    again.close()


def test_without_samples_it_starts_empty(qtbot, workers, monkeypatch):
    monkeypatch.setattr(app, "list_samples", list)
    studio = Studio(workers)
    qtbot.addWidget(studio.window)
    studio.open([])
    assert studio.session.picture("first") is None
    studio.close()


def test_pages_are_radio_buttons_and_are_built_when_first_shown(studio):
    for name in ("Generate", "Train", "Data", "Evaluate"):
        assert QAccessible.queryAccessibleInterface(page_button(studio, name)).role().name == "RadioButton"
    assert list(studio.window._built) == ["Generate"]
    page_button(studio, "Train").click()
    assert list(studio.window._built) == ["Generate", "Train"]
    assert page_button(studio, "Train").isChecked()
    page_button(studio, "Generate").click()
    assert studio.window._stack.currentWidget() is studio.generate


def test_help_lists_the_keys(studio, monkeypatch):
    shown = []
    monkeypatch.setattr(QDialog, "exec", lambda *self: shown.extend(self))
    studio.window.help.show_keys()
    (dialog,) = shown
    assert isinstance(dialog, HelpDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Space or K" in words
    assert "Play or pause" in words


def test_a_focused_button_keeps_its_space(studio, qtbot):
    studio.window.show()
    studio.window.activateWindow()
    button = page_button(studio, "Train")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    for key, kept in ((Qt.Key.Key_Space, True), (Qt.Key.Key_K, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(studio.window, event)
        assert event.isAccepted() is kept


def test_the_evaluate_page_hears_of_a_training_and_sends_for_data(studio, qtbot):
    trainer = make_run(runs_folder()).train(10)
    studio.window.show()
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: studio._train_page.training)
    page_button(studio, "Evaluate").click()
    page = studio._evaluate_page
    assert "A training is running" in page._panel._note.text()
    trainer.say("paused")
    qtbot.waitUntil(lambda: page._panel._note.text() == "")
    page.data_wanted.emit()
    assert studio.window._stack.currentWidget() is studio._data_page
    with qtbot.waitSignal(studio._data_page._datasets.listed):
        pass


def test_a_dataset_goes_to_the_train_page(studio, qtbot, tmp_path):
    page_button(studio, "Data").click()
    studio._data_page.dataset_chosen.emit(str(tmp_path))
    assert studio.window._stack.currentWidget() is studio._train_page
    data = studio._train_page._panel.settings.data
    assert data.path == str(tmp_path)
    qtbot.waitSignal(data.checked).wait()


def test_the_header_says_that_a_training_runs(studio, qtbot):
    trainer = make_run(runs_folder()).train(10)
    studio.open([Path("no.png"), Path("such.png")])
    qtbot.waitUntil(lambda: worker_text(studio) == "CPU · ready")
    page_button(studio, "Train").click()
    qtbot.waitUntil(lambda: worker_text(studio) == "CPU · training")
    trainer.say("paused")
    qtbot.waitUntil(lambda: worker_text(studio) == "CPU · ready")


def test_a_lost_worker_is_told_in_the_header(studio, workers, qtbot):
    studio.open([Path("no.png"), Path("such.png")])
    qtbot.waitUntil(lambda: worker_text(studio) == "CPU · ready")
    workers.last.die()
    qtbot.waitUntil(lambda: "died" in worker_text(studio))


def test_run_opens_stays_and_closes(monkeypatch, qapp, user_home):
    calls = []

    class Told:
        def open(self, paths):
            calls.append(("open", paths))

        def take(self, paths):
            calls.append(("take", paths))

        def tell_surprise(self, details):
            calls.append(("surprise", details))

        def close(self):
            calls.append("close")

    class App:
        def __init__(self, arguments):
            pass

        def __getattr__(self, name):
            return lambda *_: 7 if name == "exec" else None

    monkeypatch.setattr(app, "QApplication", App)
    monkeypatch.setattr(app, "apply_theme", lambda _app: None)
    monkeypatch.setattr(app, "Studio", Told)
    assert app.run([Path("a")]) == 7
    assert calls == [("open", [Path("a")]), "close"]


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_later_start_comes_to_the_front_with_its_pictures(studio, qtbot):
    with qtbot.waitSignal(studio.generate.generated, timeout=10_000):
        studio.open([])
    studio.window.show_page("Train")
    sample = studio._samples[1]
    studio.take([sample.first, sample.last])
    assert page_button(studio, "Generate").isChecked()
    qtbot.waitUntil(lambda: studio.session.picture("first").path == sample.first)
    studio.window.showMinimized()
    studio.take([])
    assert not studio.window.isMinimized()


def test_a_second_start_ends_at_once(monkeypatch):
    handed = []
    monkeypatch.setattr(app, "QApplication", lambda _arguments: None)
    monkeypatch.setattr(app, "hand_over", lambda _name, paths: handed.append(paths) or True)
    assert app.run([Path("a")]) == 0
    assert handed == [[Path("a")]]
