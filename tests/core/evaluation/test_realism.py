"""Telling real from generated clips: the figure, the halves it is worked out on, and what it leaves alone."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from f2v_core.errors import DataError
from f2v_core.evaluation import classifier, realism
from f2v_core.evaluation.realism import area_under_curve, discriminate, split_sources
from tests.iterators import ended

COUNT, FRAMES, SIDE = 12, 9, 24
SOURCES = [f"video {index // 2}" for index in range(COUNT)]
Clips = NDArray[np.uint8]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narrow networks that train for a moment only."""
    monkeypatch.setattr(realism, "STEPS", 20)
    monkeypatch.setattr(realism, "PAIRS", 8)
    monkeypatch.setattr(classifier, "CHANNELS", 4)


@pytest.fixture(scope="module")
def real() -> Clips:
    """Smooth patterns that drift, each its own way."""
    rng = np.random.default_rng(3)
    t, y, x = np.meshgrid(*(np.arange(n) / n for n in (FRAMES, SIDE, SIDE)), indexing="ij")
    waves = rng.uniform(-2, 2, (COUNT, 3, 3))  # of clip and channel, along t, y and x
    phase = np.einsum("nca,athw->nthwc", waves, np.stack([t, y, x]))
    drifting: Clips = (127.5 + 120 * np.sin(2 * np.pi * phase)).astype(np.uint8)
    return drifting


def finished(real: Clips, generated: Clips, seed: int = 0, sources: list[str] = SOURCES) -> tuple[float, int]:
    """The figure, and how many steps there were."""
    events, area = ended(discriminate(real, generated, sources, seed))
    return area, len(events)


def noise() -> Clips:
    return np.random.default_rng(9).integers(0, 256, (COUNT, FRAMES, SIDE, SIDE, 3), np.uint8)


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [
        ([3.0, 4.0], [1.0, 2.0], 1.0),
        ([1.0, 2.0], [3.0, 4.0], 0.0),
        ([1.0, 3.0], [2.0, 4.0], 0.25),
        ([1.0, 1.0], [1.0], 0.5),
        ([2.0, 1.0, 3.0], [1.0, 2.0], 0.666667),
    ],
)
def test_area_by_hand(positive: list[float], negative: list[float], area: float) -> None:
    assert area_under_curve(np.array(positive), np.array(negative)) == pytest.approx(area, abs=1e-6)


SCORES = st.lists(st.integers(-4, 4), min_size=1, max_size=20)


@given(SCORES, SCORES)
def test_area_counts_pairs(positive: list[int], negative: list[int]) -> None:
    wins = [(one > other) + (one == other) / 2 for one in positive for other in negative]
    assert area_under_curve(np.array(positive, float), np.array(negative, float)) == pytest.approx(
        np.mean(wins)
    )


def test_identical_clips_cannot_be_told_apart(real: Clips) -> None:
    area, steps = finished(real, real.copy())
    assert area == pytest.approx(0.5, abs=1e-3)
    assert steps == realism.FOLDS * realism.STEPS


def test_mirrored_clips_are_near_half(real: Clips) -> None:
    """Other windows of the same kind: left and right change places at random anyway."""
    area, _ = finished(real, real[:, :, :, ::-1])
    assert 0.35 < area < 0.65


def test_white_noise_is_found_out(real: Clips) -> None:
    assert finished(real, noise())[0] > 0.95


def test_same_seed_same_figure_another_seed_another(real: Clips) -> None:
    drifting = np.roll(real, 3, axis=1)
    assert finished(real, drifting, seed=1) == finished(real, drifting, seed=1)
    assert finished(real, drifting, seed=1) != finished(real, drifting, seed=2)


def test_end_frames_are_not_looked_at(real: Clips) -> None:
    told = real.copy()
    told[:, [0, -1]] = 0
    assert finished(real, told)[0] == pytest.approx(0.5, abs=1e-3)


def test_no_network_has_seen_the_source_it_is_asked_about(
    real: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn rows are, in turn, those one network trains on and those it is asked about."""
    seen: list[set[str]] = []
    draw = classifier.draw_windows

    def watched(rows: NDArray[np.int64], shape: tuple[int, ...], rng: np.random.Generator) -> object:
        seen.append({SOURCES[row] for row in rows})
        return draw(rows, shape, rng)

    monkeypatch.setattr(realism, "draw_windows", watched)
    finished(real, real)
    asked = len(seen) // realism.FOLDS
    for fold in (seen[:asked], seen[asked:]):
        trained, scored = set().union(*fold[: realism.STEPS]), set().union(*fold[realism.STEPS :])
        assert trained
        assert scored
        assert not trained & scored


def test_torch_random_numbers_stay_as_they_were(real: Clips) -> None:
    before = torch.get_rng_state()
    finished(real, real)
    assert torch.equal(before, torch.get_rng_state())


def test_progress_and_closing(real: Clips) -> None:
    work = discriminate(real, real, SOURCES, 0)
    progress = next(work)
    assert (progress.done, progress.total) == (1, realism.FOLDS * realism.STEPS)
    work.close()
    with pytest.raises(StopIteration) as end:
        next(work)
    assert end.value.value is None


def test_one_video_is_too_few(real: Clips) -> None:
    with pytest.raises(DataError, match=r"at least 2 videos; here they are of 1.*classifier_seeds"):
        finished(real, real, sources=["film"] * COUNT)


@given(st.lists(st.integers(0, 6), min_size=4, max_size=40).filter(lambda each: len(set(each)) >= 2))
def test_folds_keep_sources_together_and_are_even(numbers: list[int]) -> None:
    sources = [f"video {number}" for number in numbers]
    fold = split_sources(sources, 2, np.random.default_rng(0))
    assert len(set(zip(sources, fold.tolist(), strict=True))) == len(set(sources))
    sizes = np.bincount(fold, minlength=2)
    assert sizes.min() > 0
    assert abs(sizes[0] - sizes[1]) <= max(map(sources.count, sources))
