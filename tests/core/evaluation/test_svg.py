"""Scales, styles and labels of charts."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.evaluation.svg import (
    DARK,
    LIGHT,
    PAGE,
    Board,
    Scale,
    fitted,
    fitted_end,
    method_styles,
    nice_step,
    place_label,
    spanning,
    variables,
    width_of,
)


@given(st.floats(1e-6, 1e6))
def test_steps_are_round_and_not_smaller_than_asked(least):
    step = nice_step(least)
    assert least * (1 - 1e-6) <= step < 2.6 * least
    assert round(float(f"{step:e}".split("e")[0]), 6) in {1, 2, 5}


def test_ticks_lie_on_the_scale_with_both_ends():
    assert Scale(0, 1, 0, 100).ticks(5) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert Scale(0.87, 1.13, 0, 100).ticks(5) == pytest.approx([0.9, 1.0, 1.1])


def test_what_lies_beyond_is_drawn_at_the_edge():
    scale = Scale(0, 2, 100, 0)
    assert [scale(value) for value in (-1, 0, 1, 2, 9)] == [100, 100, 50, 0, 0]
    assert [scale.beyond(value) for value in (-0.1, 0, 2, 2.1)] == [True, False, False, True]


def test_axes_span_the_finite_values_within_limits():
    low, high = spanning([0.5, float("nan"), float("inf"), 7], 0.9, 1.1, 0, 2)
    assert low < 0.5
    assert high == 2


def test_generators_keep_their_hues_and_every_method_looks_different():
    names = ["hold", "linear", "cvae", *(f"model {i}" for i in range(20))]
    styles = method_styles(names)
    assert styles["linear"].hue == method_styles(["linear"])["linear"].hue
    assert len(set(styles.values())) == len(names) == len(styles)
    assert not styles["hold"].dashes
    assert len(method_styles([f"model {i}" for i in range(90)])) == 90


def test_a_page_defines_every_colour_that_its_charts_use():
    for palette in (LIGHT, DARK):
        defined = variables(palette)
        for use in (PAGE.paper, PAGE.ink, PAGE.muted, PAGE.line, PAGE.good, *PAGE.hues):
            assert f"{use[4:-1]}: #" in defined


def test_words_are_escaped():
    board = Board(100, 50, LIGHT)
    board.text((1, 2), "<b>&\"'", LIGHT.ink)
    root = fromstring(board.render('<i>&"'))
    assert root.get("aria-label") == '<i>&"'
    assert root[0].text == "<b>&\"'"


@pytest.mark.parametrize("shape", range(4))
def test_marks_have_four_shapes(shape):
    board = Board(100, 50, LIGHT)
    board.mark((10, 10), LIGHT.ink, shape=shape)
    assert fromstring(board.render(""))[0].tag.endswith("circle" if shape == 0 else "polygon")


def test_long_words_are_cut():
    assert width_of(fitted("a very long name of a model", 60)) <= 60
    assert fitted("cvae", 60) == "cvae"


def test_labels_avoid_what_is_there_and_stay_inside():
    room = (0.0, 0.0, 200.0, 100.0)
    free = place_label((100, 50), (40, 14), [], room)
    assert free[0] > 100
    other = place_label((100, 50), (40, 14), [free], room)
    assert other[0] + other[2] <= free[0] or other[1] + other[3] <= free[1] or other[1] >= free[1] + free[3]
    corner = place_label((199, 1), (40, 14), [], room)
    assert corner[0] + corner[2] <= 200
    assert corner[1] >= 0


def test_names_of_files_keep_their_end():
    cut = fitted_end("val/people/a-very-long-name__of-a-video.mp4", 120)
    assert cut.startswith("…")
    assert cut.endswith("video.mp4")
    assert width_of(cut) <= 120
    assert fitted_end("a.mp4", 120) == "a.mp4"
