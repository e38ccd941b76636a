import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from f2v_app.widgets import dataset_view
from f2v_app.widgets.dataset_view import DatasetView
from f2v_core.data.dataset import INDEX, REJECTED
from tests.app.made_datasets import make_dataset, record


@pytest.fixture
def view(qtbot):
    made = DatasetView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def show(qtbot, view, dataset):
    with qtbot.waitSignal(view.shown):
        view.show_dataset(dataset)


def box(view, name):
    return next(each for each in view.browser.findChildren(QComboBox) if each.accessibleName() == name)


def count_of(view):
    return next(
        each.text() for each in view.browser.findChildren(QLabel) if "are shown" in each.accessibleName()
    )


def test_it_shows_all_of_a_dataset(qtbot, view, tmp_path):
    show(qtbot, view, make_dataset(tmp_path / "set"))
    assert [view.tabs.tabText(n) for n in range(3)] == ["Clips", "Rejected files  2", "Duplicates  1"]
    assert view.browser.grid.clips.count == 6
    assert view.rejected.shown == [("a.mp4", "It is empty."), ("b.mp4", "No video.")]
    assert view.duplicates.shown == [("c.mp4", "train", "d.mp4", "test", "3")]
    panel = view.summary._panels[0]
    assert panel.histogram.accessibleName() == "Motion a second"
    assert panel.histogram.bars.total == 6
    assert [m.title for m in panel._measures] == ["Motion a second", "L2 of linear interpolation"]


def test_lengths_and_sizes_are_shown_where_they_differ(qtbot, view, tmp_path):
    records = [record(0), record(1, fps=20.0), record(2, height=32, width=20)]
    show(qtbot, view, make_dataset(tmp_path / "set", records))
    assert [m.title for m in view.summary._panels[0]._measures][2:] == ["Length, s", "Height, px"]


def test_the_second_histogram_needs_room(qtbot, view, tmp_path):
    show(qtbot, view, make_dataset(tmp_path / "set"))
    first, second = view.summary._panels
    assert first.isVisible()
    assert second.isVisible()
    view.resize(600, 700)
    assert not second.isVisible()
    view.summary.resize(600, 500)
    assert second.isVisible()


def test_clips_are_filtered_and_sorted(qtbot, view, tmp_path):
    show(qtbot, view, make_dataset(tmp_path / "set"))
    grid = view.browser.grid
    assert count_of(view) == "6"
    box(view, "Category").setCurrentText("skiing")
    assert grid.clips._rows.tolist() == [1, 3, 5]
    assert count_of(view) == "3 of 6"
    box(view, "Order").setCurrentText("Calmest")
    assert grid.clips._rows.tolist() == [5, 3, 1]
    box(view, "Split").setCurrentText("val")
    assert grid.clips._rows.tolist() == [1]
    box(view, "Flags").setCurrentText("Static")
    assert count_of(view) == "0 of 6"
    assert any(
        each.text() == "No clip is like that." and each.isVisible() for each in view.findChildren(QLabel)
    )
    box(view, "Category").setCurrentIndex(0)
    assert grid.clips._rows.tolist() == [4]


def test_one_category_is_no_choice(qtbot, view, tmp_path):
    show(qtbot, view, make_dataset(tmp_path / "set", [record(0)], rejected=0, duplicates=0))
    assert not box(view, "Category").isVisible()
    words = " ".join(each.text() for each in view.findChildren(QLabel))
    assert "No file was rejected." in words
    assert "No clip of one split is nearly the same as a clip of another." in words


def test_very_long_tables_are_cut(qtbot, view, tmp_path, monkeypatch):
    monkeypatch.setattr(dataset_view, "MOST", 1)
    show(qtbot, view, make_dataset(tmp_path / "set"))
    assert "The first 1; all stand in rejected.csv." in [each.text() for each in view.findChildren(QLabel)]


@pytest.mark.parametrize("name", [INDEX, REJECTED])
def test_what_is_missing_is_told(qtbot, view, tmp_path, name):
    dataset = make_dataset(tmp_path / "set")
    (dataset.folder / name).unlink()
    with qtbot.waitSignal(view.failed) as failed:
        view.show_dataset(dataset)
    assert name in str(failed.args[0])
    assert "The clips cannot be shown." in [each.text() for each in view.findChildren(QLabel)]
    box(view, "Split").setCurrentIndex(1)  # nothing to filter
