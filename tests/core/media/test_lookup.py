import numpy as np

from f2v_core.media.lookup import look_up


def test_each_value_becomes_its_entry_in_place():
    values = np.arange(512, dtype=np.uint16).astype(np.uint8).reshape(16, 32)
    table = np.random.default_rng(0).random(256, np.float32)
    out = np.full((16, 32), np.nan, np.float32)
    look_up(values, table, out)
    assert np.array_equal(out, table[values])
