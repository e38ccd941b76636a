import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from f2v_core.data.scenes import SCENES, check_scenes, make_scene
from f2v_core.errors import InputError


def test_there_is_one_scene_for_each_category_of_the_seed():
    assert SCENES == ("erupting", "skiing")


@pytest.mark.parametrize("names", ["erupting,skiing", " erupting , skiing,", "erupting,skiing,erupting"])
def test_a_list_of_scenes_is_understood(names: str):
    assert check_scenes(names) == ("erupting", "skiing")


@pytest.mark.parametrize("names", ["", ",", "surfing", "erupting,surfing"])
def test_what_is_no_scene_is_refused(names: str):
    with pytest.raises(InputError, match="erupting, skiing"):
        check_scenes(names)


def test_an_unknown_scene_cannot_be_made():
    with pytest.raises(InputError, match="surfing"):
        make_scene("surfing", 0, seed=0, size=32, frames=3, fps=10.0)


@pytest.mark.parametrize("name", SCENES)
def test_the_same_arguments_give_the_same_bytes(name: str):
    one, other = (make_scene(name, 3, seed=1, size=32, frames=4, fps=10.0) for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("name", SCENES)
def test_numbers_and_seeds_give_other_worlds(name: str):
    one, other, third = (
        make_scene(name, number, seed=seed, size=32, frames=2, fps=10.0).astype(float)
        for number, seed in ((3, 1), (4, 1), (3, 2))
    )
    assert min(np.abs(one - other).mean(), np.abs(one - third).mean()) > 4


@pytest.mark.parametrize("name", SCENES)
def test_a_faster_film_shows_the_same_world(name: str):
    slow = make_scene(name, 5, seed=1, size=32, frames=4, fps=10.0)
    fast = make_scene(name, 5, seed=1, size=32, frames=7, fps=20.0)
    assert np.array_equal(fast[::2], slow)


@pytest.mark.parametrize("name", SCENES)
def test_a_longer_film_begins_the_same(name: str):
    short = make_scene(name, 5, seed=1, size=32, frames=3, fps=10.0)
    long = make_scene(name, 5, seed=1, size=32, frames=5, fps=10.0)
    assert np.array_equal(long[:3], short)


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_the_world_is_the_same_at_other_sizes(name: str, number: int):
    small, large = (
        make_scene(name, number, seed=1, size=size, frames=2, fps=2.0).astype(float) for size in (32, 64)
    )
    shrunk = large.reshape(2, 32, 2, 32, 2, 3).mean((2, 4))
    assert np.corrcoef(small.ravel(), shrunk.ravel())[0, 1] > 0.9


@pytest.mark.parametrize("name", SCENES)
def test_another_process_makes_the_same_bytes(name: str):
    code = (
        "import hashlib; from f2v_core.data.scenes import make_scene;"
        f"clip = make_scene({name!r}, 7, seed=2, size=24, frames=5, fps=10.0);"
        "print(hashlib.sha256(clip.tobytes()).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    clip = make_scene(name, 7, seed=2, size=24, frames=5, fps=10.0)
    assert other.stdout.strip() == hashlib.sha256(clip.tobytes()).hexdigest()


@pytest.mark.parametrize("name", SCENES)
def test_many_worlds_differ_and_move(name: str):
    clips = np.stack(
        [make_scene(name, number, seed=3, size=16, frames=3, fps=2.0) for number in range(16)]
    ).astype(float)
    pairs = np.abs(clips[:-1, 0] - clips[1:, 0]).mean((1, 2, 3))
    assert pairs.min() > 4
    assert np.median(pairs) > 20
    moved = np.abs(np.diff(clips, axis=1)).mean((1, 2, 3, 4))
    assert np.median(moved) > 2


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(SCENES),
    st.integers(0, 2**40),
    st.integers(16, 90),
    st.integers(2, 6),
    st.floats(0.5, 120.0),
)
def test_every_number_size_and_rate_works(name: str, number: int, size: int, frames: int, fps: float):
    clip = make_scene(name, number, seed=0, size=size, frames=frames, fps=fps)
    assert clip.shape == (frames, size, size, 3)
    assert clip.dtype == np.uint8
    assert clip.std() > 3
