from dataclasses import replace

import numpy as np
import pytest

from f2v_core.data.scenes.filming import KINDS, MIDDLE, Filming, random_shot
from f2v_core.data.scenes.line import SkiLine, Slope

SLOPE = Slope(np.radians(20))
LINE = SkiLine(np.random.default_rng(0), 12, 3.0, 7, 6)


def test_all_kinds_of_shots_come_up():
    rng = np.random.default_rng(0)
    shots = [random_shot(rng, 12.0) for _ in range(200)]
    assert {shot.kind for shot in shots} == set(KINDS)
    assert all(0.7 <= shot.focal <= 9 for shot in shots)


@pytest.mark.parametrize("kind", KINDS)
def test_the_skier_is_in_the_frame_when_they_pass(kind: str):
    rng = np.random.default_rng(1)
    shots = [random_shot(rng, 12.0) for _ in range(300)]
    for shot in [each for each in shots if each.kind == kind][:8]:
        filming = Filming(np.random.default_rng(2), shot, LINE, SLOPE)
        now = LINE.at(MIDDLE)
        (x, y), scale = filming.camera(MIDDLE).project(SLOPE.point(now.across, now.down, 0.8), 64)
        assert scale > 0
        assert 0 < x < 64
        assert 0 < y < 64


@pytest.mark.parametrize("kind", ["chase", "lead", "above", "below", "beside"])
def test_followers_keep_the_skier_in_the_frame(kind: str):
    rng = np.random.default_rng(3)
    shot = next(each for each in iter(lambda: random_shot(rng, 12.0), None) if each.kind == kind)
    filming = Filming(np.random.default_rng(2), replace(shot, shaky=0.001), LINE, SLOPE)
    for time in np.arange(0, 3, 0.1):
        now = LINE.at(time)
        (x, y), _ = filming.camera(time).project(SLOPE.point(now.across, now.down, 0.8), 64)
        assert -5 < x < 69
        assert -5 < y < 69


def test_who_stands_does_not_move():
    shot = replace(random_shot(np.random.default_rng(0), 12.0), kind="passing", shaky=0.0)
    filming = Filming(np.random.default_rng(2), shot, LINE, SLOPE)
    first, last = filming.camera(0.0), filming.camera(3.0)
    assert np.array_equal(first.place, last.place)
    assert first.axes == pytest.approx(last.axes)
