from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from f2v_app.widgets import train_settings
from f2v_app.widgets.expert_head import ExpertHead
from f2v_app.widgets.number_box import IntBox
from f2v_app.widgets.segmented import Segmented
from f2v_app.widgets.train_panel import TrainPanel
from f2v_core.config import train_preset
from f2v_core.runs import Run
from tests.app.train_forms import named, words


@pytest.fixture
def panel(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainPanel:
    monkeypatch.setattr(train_settings, "matrix_rate", lambda: 100.0)
    made = TrainPanel(tmp_path / "runs", lambda: datetime(2026, 11, 23, 12, 0))
    qtbot.addWidget(made)
    return made


def button(panel: TrainPanel, text: str) -> QPushButton:
    return next(each for each in panel.findChildren(QPushButton) if each.text().startswith(text))


def seen(panel: TrainPanel, qtbot: Any) -> TrainPanel:
    panel.resize(panel.width(), 700)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


def use_videos(qtbot: Any, panel: TrainPanel, folder: Path) -> None:
    folder.mkdir()
    (folder / "a.mp4").write_bytes(b"video")
    with qtbot.waitSignal(panel.settings.data.checked):
        panel.settings.data.set_path(str(folder))


def test_begins_simple_and_the_user_goes_over(panel: TrainPanel) -> None:
    head = panel.findChild(ExpertHead)
    assert panel.settings.mode == "simple"
    assert head.isHidden()
    button(panel, "Expert").click()
    assert panel.settings.mode == "expert"
    assert not head.isHidden()
    button(panel, "Simple").click()
    assert head.isHidden()


@pytest.mark.parametrize(
    ("words_on_it", "signal"), [("Start training", "started"), ("Add to queue", "queued")]
)
def test_the_run_that_is_wanted_is_told(
    qtbot: Any, panel: TrainPanel, tmp_path: Path, words_on_it, signal
) -> None:
    use_videos(qtbot, panel, tmp_path / "videos")
    panel.settings.draft.set("batch", 3)
    with qtbot.waitSignal(getattr(panel, signal)) as told:
        button(panel, words_on_it).click()
    config = train_preset("cvae", "motion", batch=3, data=str(tmp_path / "videos"))
    assert told.args == [Run(tmp_path / "runs" / "cvae-motion-2026-11-23-1", config)]


def test_a_run_is_made_once(panel: TrainPanel) -> None:
    panel.complain("No room.")
    assert "⚠ No room." in words(panel)
    panel.set_starting(starting=True)
    assert panel.starting
    assert "No room" not in words(panel)
    panel.set_starting(starting=False)
    assert not panel.starting


def test_beside_a_training_another_can_wait(panel: TrainPanel) -> None:
    queue = button(panel, "Add to queue")
    assert queue.isHidden()
    panel.show_training("motorway")
    assert not queue.isHidden()
    assert "motorway is training: another training beside it makes both slower." in words(panel)
    panel.show_training("")
    assert queue.isHidden()
    assert "slower" not in words(panel)


def test_what_is_missing_is_shown_even_while_something_else_is_looked_for(
    qtbot: Any, panel: TrainPanel
) -> None:
    seen(panel, qtbot).search()
    QTest.keyClicks(panel.focusWidget(), "rate")
    assert not panel.settings.data.isVisible()
    button(panel, "Start training").click()
    assert "Choose a folder first." in words(panel)
    assert panel.settings.data.isVisible()
    assert panel.focusWidget().accessibleName() == "Dataset or folder of videos"


@pytest.mark.parametrize("key", ["Ctrl+F", "/"])
def test_a_key_leads_to_the_search(qtbot: Any, panel: TrainPanel, key: str) -> None:
    seen(panel, qtbot)
    button(panel, "Start training").setFocus()
    modifier = Qt.KeyboardModifier.ControlModifier if key == "Ctrl+F" else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(panel, Qt.Key.Key_F if key == "Ctrl+F" else Qt.Key.Key_Slash, modifier)
    assert panel.settings.mode == "expert"
    assert panel.focusWidget().accessibleName() == "Search the settings"


def test_a_slash_can_be_typed_into_a_field(qtbot: Any, panel: TrainPanel) -> None:
    line = named(seen(panel, qtbot), QLineEdit, "Dataset or folder of videos")
    line.setFocus()
    QTest.keyClicks(line, "/a/b")
    assert line.text() == "/a/b"
    assert panel.settings.mode == "simple"


def test_the_head_counts_and_resets_changes(panel: TrainPanel) -> None:
    button(panel, "Expert").click()
    panel.settings.form.finish()
    named(panel, IntBox, "Batch").setValue(3)
    named(panel, IntBox, "Seed").setValue(3)
    button(panel, "Changed only: 2").click()
    assert panel.settings.form.shown == ["batch", "seed"]
    assert panel.settings.data.isHidden()
    button(panel, "Reset all").click()
    assert panel.settings.config() == train_preset("cvae", "motion")
    assert "Nothing is changed" in words(panel)


def test_changed_settings_are_shown_from_the_simple_mode(panel: TrainPanel) -> None:
    panel.settings.draft.set("batch", 3)
    named(panel, QPushButton, "Show the changed settings").click()
    assert panel.findChild(Segmented).value == "expert"


def test_changing_a_setting_moves_no_other(qtbot: Any, panel: TrainPanel) -> None:
    seen(panel, qtbot)
    button(panel, "Expert").click()
    panel.settings.form.finish()
    box = named(panel, IntBox, "Batch")
    qtbot.waitUntil(lambda: box.width() > 0)
    place = box.mapTo(panel, box.rect().topLeft())
    box.setValue(3)
    qtbot.wait(0)
    panel.layout().activate()
    assert box.mapTo(panel, box.rect().topLeft()) == place


def test_tab_leads_from_the_modes_through_the_settings_to_the_button(qtbot: Any, panel: TrainPanel) -> None:
    seen(panel, qtbot)
    button(panel, "Simple").setFocus()
    reached = []
    for _ in range(12):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        reached.append(panel.focusWidget().accessibleName() or panel.focusWidget().text())
    wanted = [
        "Dataset or folder of videos",
        "Preset",
        "Quality against time: Standard",
        "Run name",
        "Start training",
    ]
    assert [name for name in reached if name in wanted][:5] == wanted
