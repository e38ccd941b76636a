import numpy as np
import pytest

from f2v_core.data.scenes.film import Film, filmic, render_side


@pytest.mark.parametrize(("size", "side"), [(16, 24), (64, 96), (128, 192), (256, 320), (512, 512)])
def test_frames_are_drawn_larger_than_they_are(size: int, side: int):
    assert render_side(size) == side


def test_the_film_has_a_toe_and_a_shoulder():
    light = np.array([0.0, 0.02, 0.18, 1.0, 1e4])
    assert filmic(light)[[0, -1]].tolist() == [0, 1]
    assert (np.diff(filmic(light)) > 0).all()
    assert filmic(np.array([1.0])) < 0.85


def film(sensitive: float = 0.0, glare: float = 0.05) -> Film:
    return Film(np.random.default_rng(0), 32, sensitive, glare)


def test_more_light_gives_brighter_frames():
    frames = [
        film().develop(np.full((3, 48, 48), light, np.float32), 0.0) for light in (0.0, 0.1, 1.0, 100.0)
    ]
    assert all(frame.shape == (32, 32, 3) and frame.dtype == np.uint8 for frame in frames)
    means = [frame.mean() for frame in frames]
    assert means == sorted(means)
    assert means[0] < 12
    assert means[-1] > 250


def test_grain_depends_on_the_time_and_nothing_else():
    grey = np.full((3, 48, 48), 0.2, np.float32)
    noisy = film(sensitive=1.0)
    first = noisy.develop(grey, 0.1)
    noisy.develop(grey, 0.2)
    assert np.array_equal(first, noisy.develop(grey, 0.1))
    assert not np.array_equal(first, noisy.develop(grey, 0.2))


def test_glare_rings_what_is_bright():
    spot = np.zeros((3, 48, 48), np.float32)
    spot[:, 22:26, 22:26] = 50
    plain, ringed = (film(glare=share).develop(spot, 0.0).astype(int) for share in (0.0, 0.2))
    assert ringed[16, 8].mean() > plain[16, 8].mean() + 2
