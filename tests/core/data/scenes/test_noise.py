import numpy as np
import pytest

from f2v_core.data.scenes.noise import TILE, Wander, billow_tile, cloud_tile, ridge_line


def test_clouds_have_mean_0_and_deviation_1_and_differ():
    one, other = cloud_tile(1.5, 0), cloud_tile(1.5, 1)
    assert one.shape == (TILE, TILE)
    assert (one.mean(), one.std()) == pytest.approx((0, 1), abs=1e-4)
    assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.5


def test_steeper_spectra_are_smoother():
    rough, soft = (np.abs(np.diff(cloud_tile(slope), axis=0)).mean() for slope in (0.5, 2.0))
    assert soft < rough / 3


@pytest.mark.parametrize("tile", [cloud_tile(), billow_tile()])
def test_tiles_are_periodic_and_shared(tile: np.ndarray):
    seam, usual = np.abs(tile[0] - tile[-1]).mean(), np.abs(np.diff(tile, axis=0)).mean()
    assert seam < 2.5 * usual
    with pytest.raises(ValueError, match="read-only"):
        tile[0, 0] = 1


def test_billows_are_heaps_between_0_and_1():
    tile = billow_tile()
    assert tile.min() >= 0
    assert tile.max() <= 1
    assert 0.3 < tile.mean() < 0.8


def test_a_ridge_is_periodic_with_deviation_1():
    line = ridge_line(np.random.default_rng(0), 512, 1.5)
    assert line.std() == pytest.approx(1)
    assert abs(line[0] - line[-1]) < 5 * np.abs(np.diff(line)).mean()


def test_wandering_is_smooth_bounded_and_the_same_for_one_and_many_times():
    wander = Wander(np.random.default_rng(0), 3, 0.1, 1.0)
    times = np.linspace(0, 200, 20_001)
    values = wander(times)
    assert values.shape == (3, times.size)
    assert values.std(1) == pytest.approx(np.ones(3), abs=0.15)
    assert np.abs(np.diff(values, axis=1)).max() < 0.2
    assert wander(times[7]) == pytest.approx(values[:, 7])
