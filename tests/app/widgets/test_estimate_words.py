from dataclasses import replace

import pytest

from f2v_app.widgets.estimate_words import estimate_words, ground_words, memory_words, rough_duration
from f2v_app.widgets.train_estimate import Estimate

ROUGH = Estimate(6500.0, "machine", 30.0, 200.0, 500.0)


@pytest.mark.parametrize(
    ("ground", "on_processor", "figures", "words"),
    [
        ("unknown", False, "1.2 GB of memory", "How long it takes is being worked out."),
        (
            "machine", False, "About 2 h on the processor, 1.2 GB of memory",
            "Estimated from its speed; a graphics card is quicker.",
        ),
        (
            "machine", True, "About 2 h on this machine, 1.2 GB of memory",
            "Estimated from the processor's speed.",
        ),
        (
            "alike", False, "About 2 h on this machine, 1.2 GB of memory",
            "Estimated from your last run, of another kind.",
        ),
        (
            "measured", False, "About 1 h 48 min on this machine, 1.2 GB of memory",
            "Measured in your last run of this kind.",
        ),
    ],
)  # fmt: skip
def test_figures_and_where_they_come_from(ground, on_processor, figures, words) -> None:
    estimate = replace(ROUGH, ground=ground)
    assert estimate_words(estimate, on_processor=on_processor) == figures
    assert ground_words(estimate, on_processor=on_processor) == words


def test_without_data_the_memory_is_the_least() -> None:
    blind = replace(ROUGH, data_mb=0.0, knows_data=False)
    assert estimate_words(blind, on_processor=True) == "About 2 h on this machine, at least 680 MB of memory"
    blind = replace(blind, ground="unknown")
    assert estimate_words(blind, on_processor=True) == "At least 680 MB of memory"
    assert memory_words(blind).endswith("not known yet\nThe program itself: 450 MB")


def test_memory_is_told_by_what_it_is_for() -> None:
    assert memory_words(ROUGH).splitlines() == [
        "Memory, estimated",
        "Networks, gradients and moments: 30 MB",
        "Clips of a step: 200 MB",
        "Decoded clips of the dataset, about: 500 MB",
        "The program itself: 450 MB",
    ]
    assert "Decoded" not in memory_words(replace(ROUGH, data_mb=0.0))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a minute"),
        (125, "2 min"),
        (570, "10 min"),
        (1990, "35 min"),
        (5300, "90 min"),
        (6500, "2 h"),
        (120_000, "33 h"),
        (130_000, "2 days"),
    ],
)
def test_a_rough_duration_is_no_more_exact_than_it_may_be(seconds: float, words: str) -> None:
    assert rough_duration(seconds) == words
