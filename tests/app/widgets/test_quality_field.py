from typing import Any

import pytest

from f2v_app.widgets.quality_field import QualityField, times_seen
from f2v_core.config import train_preset
from f2v_core.config.named import LENGTHS
from tests.app.train_forms import words


@pytest.fixture
def field(qtbot: Any) -> QualityField:
    made = QualityField()
    qtbot.addWidget(made)
    return made


def test_all_lengths_can_be_chosen(qtbot: Any, field: QualityField) -> None:
    for length in LENGTHS:
        with qtbot.waitSignal(field.chosen) as told:
            field.press(length)
        assert told.args == [length]


def test_says_what_a_length_comes_to(field: QualityField) -> None:
    field.tell(train_preset("cvae", "motion"), "standard", 0)
    assert field.value == "standard"
    assert "4000 steps." in words(field)
    field.tell(train_preset("cvae", "motion"), "standard", 421)
    assert "4000 steps: each clip is seen 150 times." in words(field)


def test_the_discriminators_steps_see_clips_too(field: QualityField) -> None:
    field.tell(train_preset("cgan", "poster", steps=540), "standard", 120)
    assert "540 steps: each clip is seen 1800 times." in words(field)


def test_steps_of_ones_own_are_no_length(field: QualityField) -> None:
    field.tell(train_preset("cvae", "motion", steps=12_345), None, 10)
    assert field.value == ""
    assert "12\u202f345 steps, as set under Expert: each clip is seen 20\u202f000 times." in words(field)


@pytest.mark.parametrize(("times", "said"), [(0.04, "0.04"), (0.44, "0.4"), (1.0, "1"), (154.0, "150")])
def test_two_digits_are_enough(times: float, said: str) -> None:
    assert times_seen(times) == said
