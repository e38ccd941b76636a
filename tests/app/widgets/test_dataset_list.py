import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from f2v_app.widgets.dataset_files import check_dataset_idle
from f2v_app.widgets.dataset_list import DatasetList
from f2v_app.widgets.folder_delegate import SECOND_LINE
from f2v_core.config import train_preset
from f2v_core.data.claim import LOCK
from f2v_core.data.dataset import INFO, WORK
from f2v_core.errors import DataError
from f2v_core.runs import claim_run, create_run, runs_folder
from f2v_core.runs.state import HOST, RunState, write_state
from f2v_core.storage import drop_lock, take_lock
from tests.app.made_datasets import make_dataset, make_unfinished, record


@pytest.fixture
def listed(qtbot, tmp_path):
    make_dataset(tmp_path / "root" / "many")
    made = DatasetList(tmp_path / "root", [])
    qtbot.addWidget(made)
    made.show()
    return made


def refresh(qtbot, listed):
    with qtbot.waitSignal(listed.listed):
        listed.refresh()
    return {index.data(): index.data(SECOND_LINE) for index in rows(listed)}


def rows(listed):
    model = listed.view.model()
    return [model.index(line, 0) for line in range(model.rowCount())]


def button(listed, name):
    return next(each for each in listed.findChildren(QPushButton) if each.text() == name)


def test_it_says_how_each_dataset_is(qtbot, listed, tmp_path):
    make_dataset(tmp_path / "root" / "one", [record(0)])
    make_unfinished(tmp_path / "root" / "begun")
    (make_dataset(tmp_path / "root" / "broken").folder / INFO).write_text("{")
    assert refresh(qtbot, listed) == {
        "many": "6 clips", "one": "1 clip", "begun": "Not complete yet", "broken": "⚠ Damaged",
    }  # fmt: skip
    row = next(each for each in rows(listed) if each.data() == "one")
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "one, 1 clip"


def test_without_datasets_it_says_what_they_are_for(qtbot, tmp_path):
    made = DatasetList(tmp_path, [])
    qtbot.addWidget(made)
    made.show()
    refresh(qtbot, made)
    assert not made.view.isVisible()
    assert any(
        each.text().startswith("Datasets that you prepare") and each.isVisible()
        for each in made.findChildren(QLabel)
    )


def test_others_are_listed_too(qtbot, listed, tmp_path):
    away = make_dataset(tmp_path / "away").folder
    for folder in (away, away, tmp_path / "root" / "many"):
        listed.add(folder)
    assert listed.others == [away]
    assert set(refresh(qtbot, listed)) == {"many", "away"}
    listed.set_root(tmp_path / "elsewhere")
    assert set(refresh(qtbot, listed)) == {"away"}


def test_buttons_ask_for_another(qtbot, listed, tmp_path, monkeypatch):
    with qtbot.waitSignal(listed.new_wanted):
        button(listed, "New").click()
    for answer, told in (("", []), (str(tmp_path), [tmp_path])):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, a=answer: a)
        heard = []
        listed.chosen.connect(heard.append)
        button(listed, "Open another…").click()
        assert heard == told


def test_no_other_is_made_or_opened_while_one_is_prepared(listed, tmp_path):
    listed.set_busy(tmp_path / "root" / "many", "Wait.")
    assert not button(listed, "New").isEnabled()
    listed.set_busy(None, "")
    assert button(listed, "New").isEnabled()


def test_one_that_lies_elsewhere_can_be_taken_off_the_list(qtbot, listed, tmp_path):
    away = make_dataset(tmp_path / "away").folder
    listed.add(away)
    refresh(qtbot, listed)
    titles = [action.text() for action in listed.menu(tmp_path / "root" / "many").actions()]
    assert "Take off this list" not in titles
    take_off = next(each for each in listed.menu(away).actions() if each.text() == "Take off this list")
    with qtbot.waitSignal(listed.removed) as removed:
        take_off.trigger()
    assert removed.args == [away]
    assert listed.others == []
    assert [row.data() for row in rows(listed)] == ["many"]
    assert away.is_dir()


def test_a_dataset_in_use_must_stay(tmp_path):
    folder = make_dataset(tmp_path / "set").folder
    check_dataset_idle(folder, busy=False)
    with pytest.raises(DataError, match="set is being prepared"):
        check_dataset_idle(folder, busy=True)
    (folder / WORK).mkdir()
    lock = take_lock(folder / WORK / LOCK)
    with pytest.raises(DataError, match="set is being prepared"):
        check_dataset_idle(folder, busy=False)
    drop_lock(folder / WORK / LOCK, lock)
    run = create_run(runs_folder() / "mine", train_preset("cvae", "motion", data=str(folder)))
    with claim_run(run):
        write_state(run, RunState("training", host=HOST, pid=os.getpid()))
        with pytest.raises(DataError, match="The run mine is being trained on set"):
            check_dataset_idle(folder, busy=False)
    check_dataset_idle(folder, busy=False)
