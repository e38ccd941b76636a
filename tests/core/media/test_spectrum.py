import numpy as np
import pytest

from f2v_core.media.spectrum import filter_frequencies


def test_factors_of_one_change_nothing():
    values = np.random.default_rng(0).standard_normal((16, 16)).astype(np.float32)
    assert filter_frequencies(values, np.ones((16, 16, 2), np.float32)) == pytest.approx(values, abs=1e-5)


@pytest.mark.parametrize("side", [32, 64, 80])
def test_it_does_what_numpy_does(side: int):
    rng = np.random.default_rng(1)
    values = rng.standard_normal((side, side)).astype(np.float32)
    frequencies = np.fft.fftfreq(side)
    factors = np.exp(-10 * (frequencies[:, None] ** 2 + frequencies**2)).astype(np.float32)
    expected = np.fft.ifft2(np.fft.fft2(values) * factors).real
    assert filter_frequencies(values, np.stack([factors, factors], -1)) == pytest.approx(expected, abs=1e-4)
