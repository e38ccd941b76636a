import numpy as np
import pytest

from f2v_core.data.scenes.fluid import Fluid, across, down

SIDE = 32
NO_WIND = np.zeros((SIDE, 1), np.float32)
NO_GROWTH = np.zeros((SIDE, SIDE), np.float32)


@pytest.fixture
def fluid() -> Fluid:
    fluid = Fluid.still(np.zeros((SIDE, SIDE, 4), np.float32))
    rng = np.random.default_rng(0)
    fluid.u, fluid.v = rng.standard_normal((2, SIDE, SIDE)).astype(np.float32)
    return fluid


def blob(row: float, column: float) -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE]
    return np.exp(-((y - row) ** 2 + (x - column) ** 2) / 8).astype(np.float32)


def test_differences_are_those_of_a_periodic_field():
    wave = np.sin(2 * np.pi * np.arange(SIDE) / SIDE).astype(np.float32)
    slope = np.cos(2 * np.pi * np.arange(SIDE) / SIDE) * np.sin(2 * np.pi / SIDE)
    assert across(np.tile(wave, (SIDE, 1))) == pytest.approx(np.tile(slope, (SIDE, 1)), abs=1e-6)
    assert down(np.tile(wave[:, None], SIDE)) == pytest.approx(np.tile(slope[:, None], SIDE), abs=1e-6)


def test_pressure_takes_all_divergence_away(fluid: Fluid):
    assert np.abs(fluid.divergence).max() > 1
    fluid.project(NO_GROWTH)
    assert np.abs(fluid.divergence).max() < 1e-5
    assert (fluid.u.mean(), fluid.v.mean()) == pytest.approx((0, 0), abs=1e-6)


def test_projecting_twice_changes_nothing(fluid: Fluid):
    fluid.project(NO_GROWTH)
    before = fluid.u.copy()
    fluid.project(NO_GROWTH)
    assert fluid.u == pytest.approx(before, abs=1e-5)


def test_gas_grows_where_it_is_told(fluid: Fluid):
    growth = blob(16, 16) - blob(16, 16).mean()
    fluid.project(growth)
    assert np.corrcoef(fluid.divergence.ravel(), growth.ravel())[0, 1] > 0.999


def test_hot_gas_rises():
    fluid = Fluid.still(np.zeros((SIDE, SIDE, 4), np.float32))
    fluid.heat = blob(22, 16)
    for _ in range(12):
        fluid.push(0.5, buoyancy=1.0, swirl=0.2)
        fluid.project(NO_GROWTH)
        fluid.advect(0.5, NO_WIND)
    assert np.average(np.arange(SIDE), weights=fluid.heat.sum(1)) < 20
    assert fluid.v[18, 16] < -0.5


def test_advection_invents_no_values(fluid: Fluid):
    fluid.ash, fluid.heat = blob(16, 16), -blob(10, 10)
    for _ in range(20):
        fluid.advect(0.7, NO_WIND)
    assert 0 <= fluid.ash.min() <= fluid.ash.max() <= 1
    assert -1 <= fluid.heat.min() <= fluid.heat.max() <= 0


def test_the_wind_carries_ash_and_labels():
    labels = np.repeat(np.arange(SIDE, dtype=np.float32)[None, :, None].repeat(SIDE, 0), 4, 2)
    fluid = Fluid.still(labels)
    fluid.ash = blob(16, 10)
    fluid.advect(2.0, np.full((SIDE, 1), 3.0, np.float32))
    assert fluid.ash == pytest.approx(blob(16, 16), abs=1e-5)
    assert fluid.labels[16, 16, 0] == pytest.approx(10, abs=1e-4)


def test_swirls_are_fed_where_they_are():
    fluid = Fluid.still(np.zeros((SIDE, SIDE, 4), np.float32))
    vortex = blob(16, 16)
    fluid.u, fluid.v = -down(vortex), across(vortex)
    before = np.abs(across(fluid.v) - down(fluid.u)).max()
    fluid.push(0.1, buoyancy=0.0, swirl=1.0)
    assert np.abs(across(fluid.v) - down(fluid.u)).max() > before
