"""The ladder: what stands in it, in which order, and what is refused before any work."""

import numpy as np
import pytest

from f2v_core.errors import ModelError, RunError
from f2v_core.evaluation.ladder import make_ladder
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.library import add_model, places, read_card
from f2v_core.runs import create_run
from tests.core.evaluation.small_models import write_model
from tests.datasets import moving_square, squares, write_dataset

SIMPLE = ["linear", "hold", "linear i/T", "blurred", "abx", "flow"]


@pytest.fixture
def trained_on(tmp_path):
    return write_dataset(tmp_path / "data", squares(2, 1))


def names(ladder):
    return [method.name for method in ladder]


def test_simple_methods_are_always_there_and_models_follow(trained_on, tmp_path):
    model = write_model(tmp_path / "mine")
    ladder = make_ladder([str(model.folder)], "cpu", trained_on)
    assert names(ladder) == [*SIMPLE, "mine"]
    assert len({method.fingerprint for method in ladder}) == len(ladder)
    assert all(method.title for method in ladder)


def test_without_names_the_embedded_models_stand_in_it(trained_on, tmp_path, monkeypatch):
    shipped = tmp_path / "shipped"
    monkeypatch.setattr(places, "embedded_folder", lambda: shipped)
    embedded = write_model(shipped / "cgan", "cgan")
    add_model(write_model(tmp_path / "own", seed=1), "own")
    ladder = make_ladder([], "cpu", trained_on)
    assert names(ladder) == [*SIMPLE, "cgan"]
    assert embedded.embedded


def test_library_names_and_run_folders_are_found(trained_on, tmp_path):
    add_model(write_model(tmp_path / "model"), "kept")
    assert names(make_ladder(["kept"], "cpu", trained_on)) == [*SIMPLE, "kept"]
    run = create_run(tmp_path / "run", read_card(tmp_path / "model").config)
    with pytest.raises(RunError, match="no checkpoint"):
        make_ladder([str(run.folder)], "cpu", trained_on)


def test_no_method_stands_in_it_twice(trained_on, tmp_path):
    model = write_model(tmp_path / "mine")
    other = write_model(tmp_path / "other" / "mine", seed=1)
    hold = write_model(tmp_path / "hold", seed=2)
    asked = ["linear", "flow", *(str(card.folder) for card in (model, model, other, hold))]
    assert names(make_ladder(asked, "cpu", trained_on)) == [*SIMPLE, "mine", "mine 2", "hold 2"]


@pytest.mark.parametrize("wrong", ["nothing", "/nowhere/model"])
def test_an_unknown_model_is_refused_at_once(wrong, trained_on, tmp_path):
    with pytest.raises(ModelError, match=wrong):
        make_ladder([str(write_model(tmp_path / "mine").folder), wrong], "cpu", trained_on)


def test_shuffled_pairs_lose(trained_on, tmp_path):
    """The first image of one clip with the last image of another cannot do as well as the clip's own pair."""
    models = [write_model(tmp_path / kind, kind, strength=0.02) for kind in ("cvae", "cgan")]
    clips = np.stack([moving_square(number) for number in range(4)])
    for method in make_ladder([str(card.folder) for card in models], "cpu", trained_on):
        right, shuffled = (
            np.mean([l2_distance(*each) for each in zip(made, clips, strict=True)])
            for made in (
                method.predict(clips[:, 0], clips[:, -1], 30, method.primary),
                method.predict(clips[:, 0], np.roll(clips[:, -1], 1, axis=0), 30, method.primary),
            )
        )
        assert right < shuffled, method.name
