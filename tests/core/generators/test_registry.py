"""From names to clip generators."""

import subprocess
import sys

import numpy as np
import pytest

from f2v_core import FramePair, generate
from f2v_core.errors import InputError, ModelError, RunError
from f2v_core.generators.flow import Flow
from f2v_core.generators.linear import Linear
from f2v_core.generators.registry import create_generator
from f2v_core.library import add_model
from f2v_core.runs import create_run

PAIR = FramePair(np.zeros((20, 30, 3), np.uint8), np.full((20, 30, 3), 200, np.uint8))


def test_classical_names():
    assert isinstance(create_generator("linear"), Linear)
    assert isinstance(create_generator("flow"), Flow)


def test_a_model_by_path_and_by_library_name(make_model):
    card = make_model()
    assert create_generator(str(card.folder)).name == "lively"
    add_model(card, "mine")
    made = create_generator("mine", variation=0.5, detail=0.25)
    assert (made.variation, made.detail) == (0.5, 0.25)


def test_a_run_gives_its_newest_checkpoint(make_model, tmp_path):
    card = make_model()
    run = create_run(tmp_path / "run", card.config)
    with pytest.raises(RunError, match="no checkpoint"):
        create_generator(str(run.folder))
    folder = run.checkpoint_folder(5)
    folder.mkdir(parents=True)
    card.folder.rename(folder / "model")
    assert create_generator(str(run.folder)).card.folder == folder / "model"


def test_unknown_names_and_values():
    with pytest.raises(ModelError, match="no model named nonsense"):
        create_generator("nonsense")
    with pytest.raises(InputError, match="variation"):
        create_generator("linear", variation=1.5)
    with pytest.raises(InputError, match="detail"):
        create_generator("linear", detail=-0.5)


def test_generate_is_the_public_way():
    clip = generate(PAIR, "linear", frames=3, fps=5.0, size=(15, 10))
    assert clip.frames.shape == (3, 10, 15, 3)
    assert clip.frames[1].max() == clip.frames[1].min() == 100


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": (0, 10)}, "The width is 0"),
        ({"size": "640x360"}, "size is '640x360'"),
        ({"size": (10, 2.5)}, "The height is 2.5"),
        ({"frames": 2.5}, "frames is 2.5"),
        ({"frames": 1}, "frames is 1"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": True}, "seed is True"),
    ],
)
def test_wrong_values_are_named(wrong, said):
    with pytest.raises(InputError, match=said):
        generate(PAIR, "linear", **wrong)


def test_linear_needs_no_torch():
    code = (
        "import sys, numpy as np, f2v_core as f; p = np.zeros((8, 8, 3), np.uint8);"
        "f.generate(f.FramePair(p, p), 'linear', 3); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
