"""What every clip generator promises, whatever its method."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from f2v_core.errors import InputError
from f2v_core.frames import FramePair
from f2v_core.generators.base import ClipGenerator
from f2v_core.generators.flow import Flow
from f2v_core.generators.learned import Learned
from f2v_core.generators.linear import Linear

FACTORIES: dict[str, Callable[[Callable], ClipGenerator]] = {
    "linear": lambda _make_model: Linear(),
    "flow": lambda _make_model: Flow(),
    "motion cvae": lambda make_model: Learned(make_model("cvae", "motion")),
    "motion cgan": lambda make_model: Learned(make_model("cgan", "motion")),
    "recurrent cvae": lambda make_model: Learned(make_model("cvae", "recurrent")),
    "recurrent cgan": lambda make_model: Learned(make_model("cgan", "recurrent")),
    "poster cvae": lambda make_model: Learned(make_model("cvae", "poster")),
    "poster cgan": lambda make_model: Learned(make_model("cgan", "poster")),
}
"""From a generator's name and `make_model` to the generator; a new method belongs here."""

CLIPS = [((64, 64), 30), ((37, 53), 3), ((16, 200), 3), ((90, 7), 2), ((2, 3), 3), ((1, 1), 2)]
"""(height, width) and how many frames."""
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=FACTORIES)
def generator(request, make_model):
    return FACTORIES[request.param](make_model)


def lively_pair(height, width, seed=0):
    """Two frames with something to move: blobs that shift, and noise."""
    random = np.random.default_rng(seed)
    scene = random.integers(0, 256, (height + 4, width + 4, 3), dtype=np.uint8)
    scene[height // 4 : height // 2 + 1, width // 4 : width // 2 + 1] = 250
    return FramePair(
        np.ascontiguousarray(scene[2 : height + 2, 2 : width + 2]),
        np.ascontiguousarray(scene[:height, :width]),
    )


def is_frame_of(frame, pair):
    return frame.dtype == np.uint8 and frame.shape == pair.first.shape


@pytest.mark.parametrize(("shape", "count"), CLIPS, ids=str)
def test_the_ends_are_exactly_the_two_images(generator, shape, count):
    pair = lively_pair(*shape)
    clip = generator.clip(pair, count, 10.0)
    assert clip.frames.shape == (count, *shape, 3)
    assert clip.frames.dtype == np.uint8
    assert clip.fps == 10.0
    assert np.array_equal(clip.frames[0], pair.first)
    assert np.array_equal(clip.frames[-1], pair.last)


@FEW
@given(
    times=st.lists(st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0, 5e-324, 1 - 2**-53])), max_size=6)
)
def test_times_of_any_value_and_order(generator, times):
    pair = lively_pair(20, 24)
    frames = list(generator.frames(pair, times))
    assert len(frames) == len(times)
    for t, frame in zip(times, frames, strict=True):
        assert is_frame_of(frame, pair)
        if t in {0.0, 1.0}:
            assert np.array_equal(frame, pair.last if t else pair.first)


@FEW
@given(height=st.integers(1, 70), width=st.integers(1, 70))
def test_any_size(generator, height, width):
    pair = lively_pair(height, width)
    (frame,) = generator.frames(pair, [0.4])
    assert is_frame_of(frame, pair)


def test_a_time_has_the_same_frame_wherever_it_stands(generator):
    pair = lively_pair(32, 40)
    low, high, again = generator.frames(pair, [0.3, 0.8, 0.3])
    assert np.array_equal(low, again)
    high_first, low_last = generator.frames(pair, [0.8, 0.3])
    assert np.array_equal(low, low_last)
    assert np.array_equal(high, high_first)


def test_the_same_seed_gives_the_same_frames(generator):
    pair = lively_pair(64, 64)
    one, other = (generator.clip(pair, 5, 10.0, seed=7).frames for _ in range(2))
    assert np.array_equal(one, other)


def test_the_pair_is_neither_changed_nor_handed_out(generator):
    pair = lively_pair(32, 32)
    before = pair.first.copy(), pair.last.copy()
    for frame in generator.frames(pair, [0.0, 0.5, 1.0]):
        frame[:] = 0
    assert np.array_equal(pair.first, before[0])
    assert np.array_equal(pair.last, before[1])


def test_closing_ends_the_work(generator):
    frames = generator.frames(lively_pair(32, 32), np.linspace(0, 1, 200))
    next(frames)
    next(frames)
    frames.close()
    assert next(frames, None) is None


@pytest.mark.parametrize("times", [[-0.1], [0.5, 1.1], [float("nan")]])
def test_times_outside_are_refused_at_once(generator, times):
    with pytest.raises(InputError, match=r"outside 0\.\.1"):
        generator.frames(lively_pair(8, 8), times)


@pytest.mark.parametrize(("count", "fps"), [(1, 10.0), (0, 10.0), (5, 0.0), (5, float("nan"))])
def test_clips_of_nonsense_are_refused(generator, count, fps):
    with pytest.raises(InputError):
        generator.clip(lively_pair(8, 8), count, fps)


def test_two_equal_images_make_a_still(generator):
    if isinstance(generator, Learned):
        pytest.skip("networks with random weights may move anything")
    first = lively_pair(40, 60).first
    clip = generator.clip(FramePair(first, first.copy()), 5, 10.0)
    assert np.array_equal(clip.frames, np.broadcast_to(first, clip.frames.shape))
