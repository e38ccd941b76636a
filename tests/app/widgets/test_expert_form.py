from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.widgets.expert_form import MARK, ExpertForm
from f2v_app.widgets.knob_words import label_of
from f2v_app.widgets.number_box import FloatBox, IntBox
from f2v_app.widgets.train_draft import TrainDraft
from f2v_core.config import TrainConfig, train_preset
from f2v_core.config.named import named_preset
from tests.app.train_forms import named, words

GROUPED = [each for each in TrainConfig.knobs() if each.name != "data"]
ROOM = (336, 2400)
"""Pixels in which the whole form is to be seen."""


@pytest.fixture
def page(qtbot: Any) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def before(page: QWidget) -> QLineEdit:
    return QLineEdit(page)


@pytest.fixture
def form(page: QWidget, before: QLineEdit) -> ExpertForm:
    made = ExpertForm(TrainDraft(page), before, page)
    QVBoxLayout(page).addWidget(made)
    made.finish()
    return made


def test_shows_every_knob_of_the_config_but_those_without_effect(form: ExpertForm) -> None:
    draft = form._draft
    known = {each.name for each in TrainConfig.knobs()} - {"data"}
    assert set(form.shown) == known - draft.idle
    draft.choose(named_preset("motion-cgan-s"))
    assert set(form.shown) == known - draft.idle
    assert {"discriminator_steps", "precision", "compile"} <= set(form.shown)


def test_knobs_stand_in_their_groups(form: ExpertForm) -> None:
    assert list(form._headings) == list(dict.fromkeys(each.group for each in GROUPED))
    for group, heading in form._headings.items():
        members = {each.name for each in TrainConfig.knobs() if each.group == group}
        assert heading.isHidden() != bool(members & set(form.shown))


def test_is_built_while_the_window_has_nothing_else_to_do(
    qtbot: Any, page: QWidget, before: QLineEdit
) -> None:
    made = ExpertForm(TrainDraft(page), before, page)
    assert made.shown == []
    made.begin()
    qtbot.waitUntil(lambda: made._building is None)
    assert "keep_checkpoints" in made.shown
    made.begin()  # once is enough
    assert not made._next.isActive()


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("rate", {"learning_rate", "warmup", "cosine"}),
        ("LAMBDA1", {"lambda1"}),
        ("learning cosine", {"cosine"}),
        ("bf16", {"precision"}),
    ],
)
def test_search_finds_by_all_words(form: ExpertForm, sought: str, found: set[str]) -> None:
    form.search(sought)
    assert set(form.shown) == found
    form.search("")
    assert len(form.shown) > 20


def test_headings_without_knobs_are_hidden(form: ExpertForm) -> None:
    form.search("learning cosine")
    shown = [name for name, heading in form._headings.items() if not heading.isHidden()]
    assert shown == ["Optimiser"]


def test_where_nothing_is_shown_it_says_why(form: ExpertForm) -> None:
    form.search("nonsense")
    assert words(form) == "Nothing found."
    form.search("real_label")
    assert (
        "Nothing found that has an effect on these networks. Without effect: Label of real clips."
        in words(form)
    )
    form.show_only_changed(only=True)
    assert "Nothing found among the settings that are changed." in words(form)
    form.search("")
    assert words(form) == "Nothing is changed: all is as in the preset."
    form.show_only_changed(only=False)
    assert "Nothing" not in words(form)


def test_editing_changes_the_draft_and_reset_takes_it_back(form: ExpertForm) -> None:
    named(form, FloatBox, "Learning rate").setValue(0.5)
    named(form, QCheckBox, "Vary the clips").click()
    assert form._draft.config == train_preset("cvae", "motion", learning_rate=0.5, augment=False)
    form.show_only_changed(only=True)
    assert form.shown == ["augment", "learning_rate"]
    named(form, QToolButton, "Reset Learning rate").click()
    assert form.shown == ["augment"]
    assert named(form, FloatBox, "Learning rate").value() == 0.002


def test_networks_are_chosen_there_too_and_are_no_change(form: ExpertForm) -> None:
    form._draft.set("model", "cgan")
    assert form._draft.preset.name == "motion-cgan-s"
    assert named(form, QToolButton, "Reset Model").isHidden()


def test_a_bar_stands_beside_what_is_changed(qtbot: Any, page: QWidget, form: ExpertForm) -> None:
    page.resize(*ROOM)
    named(form, IntBox, "Batch").setValue(7)
    page.show()
    qtbot.waitExposed(page)
    picture, ink = form.grab().toImage(), QColor(theme.colors().text)
    marked = [y for y in range(picture.height()) if picture.pixelColor(MARK // 2, y) == ink]
    row = form._rows["batch"]
    assert set(marked) == set(range(min(marked), max(marked) + 1))
    assert row.editor.widget.geometry().top() in marked
    assert form._rows["accumulate"].editor.widget.geometry().center().y() not in marked


def test_no_label_is_cut(qtbot: Any, page: QWidget, form: ExpertForm) -> None:
    page.resize(*ROOM)
    page.show()
    qtbot.waitExposed(page)
    for label in form.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width())
            assert (
                max(map(label.fontMetrics().horizontalAdvance, label.text().split()), default=0)
                <= label.width()
            )


def test_tab_goes_from_what_is_before_down_the_rows(form: ExpertForm, before: QLineEdit) -> None:
    order: list[QWidget] = [before]
    while len(order) < 400 and (after := order[-1].nextInFocusChain()) is not before:
        order.append(after)
    editors = [form._rows[each.name].editor.widget for each in GROUPED]
    assert sorted(editors, key=order.index) == [row.editor.widget for row in form._rows.values()]


def test_every_editor_has_a_name_and_a_tooltip(form: ExpertForm) -> None:
    for name, row in form._rows.items():
        assert row.editor.widget.accessibleName() == label_of(row.knob)
        assert f"Name: {name}" in row.editor.widget.toolTip()
        assert "Default: " in row.editor.widget.toolTip()
