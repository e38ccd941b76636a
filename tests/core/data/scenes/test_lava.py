import numpy as np
import pytest

from f2v_core.data.scenes.ballistics import Fountain
from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.cone import Cone
from f2v_core.data.scenes.lava import Lava, glow

FOUNTAIN = Fountain(rate=150, speed=45, spread=0.2, lean=0, drag=8, cooling=2, wind=np.zeros(3))
CONE = Cone(rim=10, steep=0.6, foot=100, rough=2, key=1)
ONTO = np.array([[0.5, 0, 50], [0, -0.5, 60]])


def test_hot_rock_is_brighter_and_less_red():
    (cold_red, red), (cold_green, green) = glow(np.array([0.2, 1.0]))
    assert red > cold_red
    assert green / red > cold_green / cold_red


def test_a_fountain_shines_above_its_vent():
    bursts = Bursts(np.random.default_rng(0), steady=1, rate=0.5, decay=1)
    lava = Lava(1, FOUNTAIN, bursts, CONE, np.array([0.0, 1.0]), 1 / 30)
    light = lava.draw(100, 0.5, ONTO)
    assert light.shape == (3, 100, 100)
    red, green, blue = light.sum((1, 2))
    assert red > green > blue > 0
    assert light[0, :60, 40:60].sum() > 0.4 * red


def test_nothing_shines_before_the_onset():
    bursts = Bursts(np.random.default_rng(0), steady=1, rate=0.5, decay=1, onset=3.0)
    lava = Lava(1, FOUNTAIN, bursts, CONE, np.array([0.0, 1.0]), 1 / 30)
    assert lava.draw(100, 1.0, ONTO).max() == pytest.approx(0)
