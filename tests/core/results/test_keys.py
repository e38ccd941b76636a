from dataclasses import replace

import numpy as np

from f2v_core.config import GenerateConfig, train_preset
from f2v_core.frames import FramePair
from f2v_core.library import ModelCard
from f2v_core.results.keys import MATTERS, clip_key, pair_digest

CONFIG = GenerateConfig(seconds=1.0, fps=10.0)


def pair(value: int = 0) -> FramePair:
    first = np.zeros((4, 6, 3), np.uint8)
    return FramePair(first, first + np.uint8(value))


def test_other_pictures_have_another_digest():
    assert pair_digest(pair()) == pair_digest(pair())
    swapped = FramePair(pair(3).last, pair(3).first)
    assert len({pair_digest(pair()), pair_digest(pair(3)), pair_digest(swapped)}) == 3


def test_only_what_matters_to_a_kind_changes_its_key():
    card = ModelCard("m", train_preset("cgan", "motion"), "2026-01-01", 0.5)
    changed = {
        "seed": replace(CONFIG, seed=4),
        "variation": replace(CONFIG, variation=0.3),
        "detail": replace(CONFIG, detail=0.3),
    }
    for kind, matters in MATTERS.items():
        own = None if kind in {"linear", "flow"} else card
        before = clip_key("pair", kind, own, CONFIG)
        for name, config in changed.items():
            assert (clip_key("pair", kind, own, config) != before) == (name in matters), (kind, name)
        assert clip_key("pair", kind, own, replace(CONFIG, seconds=2.0)) != before
        assert clip_key("pair", kind, own, replace(CONFIG, seconds=2.0, fps=5.0)) == before


def test_other_weights_have_another_key(tmp_path):
    card = ModelCard("m", train_preset("cvae", "motion"), "2026-01-01", 0.5, folder=tmp_path)
    keys = {clip_key("pair", "cvae", card, CONFIG)}
    for content in (b"a", b"ab"):
        (tmp_path / "weights.safetensors").write_bytes(content)
        keys.add(clip_key("pair", "cvae", card, CONFIG))
    keys.add(clip_key("pair", "cvae", replace(card, name="n"), CONFIG))
    assert len(keys) == 4
