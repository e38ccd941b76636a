import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from f2v_app.clip_state import ClipState
from f2v_app.comparison import Comparison
from f2v_app.widgets.compare_pane import ComparePane
from f2v_app.widgets.viewport import Viewport


def pane(qtbot, title: str, clip: ClipState) -> ComparePane:
    viewport, comparison = Viewport(), Comparison()
    made = ComparePane(clip, title, "cvae", viewport, comparison)
    for each in (viewport, comparison):
        each.setParent(made)
    qtbot.addWidget(made)
    return made


def clip(**what: object) -> ClipState:
    return ClipState("cvae", np.zeros((30, 4, 6, 3), np.uint8), 10.0, **what)


@pytest.mark.parametrize(
    ("what", "figure"),
    [
        ({}, "Waiting"),
        ({"made": 4}, "4 / 30"),
        ({"made": 19, "ended": True}, "Stopped at 19 / 30"),
        ({"ended": True}, "Not begun"),
        ({"ended": True, "error": ("It broke.", "Try again.")}, "Failed"),
    ],
)
def test_one_figure_says_how_far_it_is(qtbot, what, figure):
    made = pane(qtbot, "CVAE", clip(**what))
    assert figure in [label.text() for label in made.findChildren(QLabel)]


def test_a_long_title_makes_no_wider_pane(qtbot):
    short, long = pane(qtbot, "CVAE", clip()), pane(qtbot, "CVAE, " + "a-model-" * 8, clip())
    assert long.minimumSizeHint().width() == short.minimumSizeHint().width()
