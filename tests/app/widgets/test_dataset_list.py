import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QPushButton

from f2v_app.widgets.dataset_list import DatasetList
from f2v_app.widgets.two_line_delegate import SECOND_LINE
from f2v_core.data.dataset import INFO
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
    return {item.text(): item.data(SECOND_LINE) for item in listed._items()}


def button(listed, name):
    return next(each for each in listed.findChildren(QPushButton) if each.text() == name)


def test_it_says_how_each_dataset_is(qtbot, listed, tmp_path):
    make_dataset(tmp_path / "root" / "one", [record(0)])
    make_unfinished(tmp_path / "root" / "begun")
    (make_dataset(tmp_path / "root" / "broken").folder / INFO).write_text("{")
    assert refresh(qtbot, listed) == {
        "many": "6 clips", "one": "1 clip", "begun": "Not complete yet", "broken": "⚠ Damaged",
    }  # fmt: skip
    item = next(each for each in listed._items() if each.text() == "one")
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "one, 1 clip"


def test_without_datasets_it_says_what_they_are_for(qtbot, tmp_path):
    made = DatasetList(tmp_path, [])
    qtbot.addWidget(made)
    made.show()
    refresh(qtbot, made)
    assert not made.findChild(QListWidget).isVisible()
    assert any(
        each.text().startswith("Datasets that you prepare") and each.isVisible()
        for each in made.findChildren(QLabel)
    )


def test_choosing_tells_and_selecting_does_not(qtbot, listed, tmp_path):
    folder = tmp_path / "root" / "many"
    refresh(qtbot, listed)
    with qtbot.assertNotEmitted(listed.chosen):
        listed.select(folder)
        listed.select(None)
    with qtbot.waitSignal(listed.chosen) as chosen:
        listed.findChild(QListWidget).item(0).setSelected(True)
    assert chosen.args == [folder]


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


def test_nothing_is_chosen_while_a_dataset_is_made(qtbot, listed):
    listed.set_choosing(possible=False)
    assert not button(listed, "New").isEnabled()
    assert "Cancel the preparing" in listed.findChild(QListWidget).toolTip()
    listed.set_choosing(possible=True)
    assert button(listed, "New").isEnabled()
