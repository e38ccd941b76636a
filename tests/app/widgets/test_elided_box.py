import pytest

from f2v_app.widgets.elided_box import ElidedBox

LONG = "a-model-with-a-very-long-name-2026-11-23-1"


@pytest.fixture
def box(qtbot) -> ElidedBox:
    made = ElidedBox()
    qtbot.addWidget(made)
    made.addItems(["short", LONG])
    made.resize(120, 30)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_name_that_fits_is_shown_whole(box):
    assert box.shown_text() == "short"


def test_a_long_name_keeps_its_start_and_its_ending(box):
    box.setCurrentText(LONG)
    assert box.shown_text().startswith("a-")
    assert "…" in box.shown_text()
    assert box.shown_text().endswith("1")
    assert box.currentText() == LONG
    box.grab()


def test_a_long_name_asks_for_no_more_room(box):
    wide = box.sizeHint().width()
    box.addItem(LONG * 4)
    assert box.sizeHint().width() == wide


def test_the_list_shows_whole_names(box):
    box.widen_list()
    assert box.view().minimumWidth() > box.fontMetrics().horizontalAdvance(LONG) > box.width()
