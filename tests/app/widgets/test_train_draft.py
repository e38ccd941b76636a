from typing import Any

import pytest

from f2v_app.widgets.train_draft import TrainDraft
from f2v_core.config import train_preset
from f2v_core.config.named import named_preset
from f2v_core.errors import InputError


@pytest.fixture
def draft(qtbot: Any) -> TrainDraft:
    return TrainDraft()


def test_begins_with_the_small_motion_cvae(draft: TrainDraft) -> None:
    assert draft.config == draft.defaults == train_preset("cvae", "motion")
    assert draft.changes == {}


def test_a_change_is_one_until_it_is_the_default_again(qtbot: Any, draft: TrainDraft) -> None:
    with qtbot.waitSignal(draft.changed):
        draft.set("batch", 3)
    assert draft.changes == {"batch": 3}
    draft.set("batch", 16)
    assert draft.changes == {}


def test_one_or_several_changes_are_reset(draft: TrainDraft) -> None:
    for name, value in (("batch", 3), ("seed", 4), ("ema", 0.5)):
        draft.set(name, value)
    draft.reset("batch", "seed")
    assert draft.config == train_preset("cvae", "motion", ema=0.5)


def test_a_value_out_of_range_changes_nothing_that_is_shown(draft: TrainDraft) -> None:
    before = draft.config
    with pytest.raises(InputError, match="batch"):
        draft.set("batch", 0)
    assert draft.config == before
    draft.set("seed", 1)
    assert draft.changes == {"seed": 1}


def test_another_length_takes_back_the_users_steps(draft: TrainDraft) -> None:
    draft.set("steps", 77)
    draft.set_length("long")
    assert draft.config == named_preset("motion-cvae-s").config("long")


def test_a_quick_try_for_longer_is_the_preset_of_its_networks(draft: TrainDraft) -> None:
    draft.choose(named_preset("quick-try"))
    draft.set_length("quick")
    assert draft.preset.name == "quick-try"
    draft.set_length("standard")
    assert (draft.preset.name, draft.config) == ("motion-cvae-s", train_preset("cvae", "motion"))


def test_changes_without_effect_wait_for_networks_that_they_suit(draft: TrainDraft) -> None:
    draft.set("width", 24)
    draft.set("architecture", "poster")
    assert "width" in draft.idle
    assert draft.changes == {}
    assert draft.config == named_preset("poster-erupting").config()
    draft.set("architecture", "recurrent")
    assert draft.config == train_preset("cvae", "recurrent", width=24)


def test_other_networks_have_the_same_size(draft: TrainDraft) -> None:
    draft.choose(named_preset("motion-cvae-l"))
    draft.set("model", "cgan")
    assert draft.preset.name == "motion-cgan-l"


def test_stands_as_another_training(draft: TrainDraft) -> None:
    config = train_preset("cgan", "motion", "M", batch=5, data="videos")
    draft.take(config)
    assert (draft.preset.name, draft.length) == ("motion-cgan-m", "standard")
    assert draft.changes == {"batch": 5}
    assert draft.config == train_preset("cgan", "motion", "M", batch=5)
