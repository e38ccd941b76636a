"""Which clips a report shows: the best, median and worst of a model, the real one above the made ones."""

from dataclasses import replace

import numpy as np
import pytest

from f2v_core.errors import InputError
from f2v_core.evaluation.sheets import choose_clips, make_sheet, sheet_captions, sheet_name
from tests.core.evaluation.made_rows import made_clip, made_report, made_row


def still(colour, count=30):
    return np.broadcast_to(np.array(colour, np.uint8), (count, 64, 64, 3))


def row_with(*ratios):
    clips = tuple(made_clip(number, ratio) for number, ratio in enumerate(ratios))
    return replace(made_row("cvae"), clips=clips)


@pytest.mark.parametrize(
    ("ratios", "chosen"),
    [
        ((0.9, 1.4, 0.7, 1.1, 1.0), (2, 4, 1)),
        ((1.2, 0.8), (1, 1, 0)),
        ((0.5,), (0, 0, 0)),
        ((1, 1, 1), (0, 1, 2)),
    ],
)
def test_best_median_and_worst_by_ratio(ratios, chosen):
    row = row_with(*ratios)
    assert choose_clips(row) == tuple(row.clips[place] for place in chosen)


def test_a_row_without_clips_has_nothing_to_show():
    with pytest.raises(InputError, match="cvae has no clips"):
        choose_clips(row_with())


def test_captions_name_each_methods_ratio_on_the_clip():
    report = made_report()
    assert sheet_captions(report, report.rows[0].clips[1].key) == {
        "linear": "linear 1.14",
        "cvae": "cvae 1.04",
    }
    assert sheet_captions(report, "elsewhere") == {}


def test_sheets_are_called_by_rank_and_model():
    assert sheet_name("best", "cvae") in made_report().sheets


def test_a_sheet_has_the_real_clip_on_top_and_eight_frames_in_a_row():
    colours = {"real": (250, 0, 0), "linear": (0, 250, 0), "cvae": (0, 0, 250)}
    made = {name: still(colour) for name, colour in colours.items() if name != "real"}
    sheet = make_sheet(still(colours["real"]), made, {"cvae": "cvae 0.87"})
    tops = []
    for colour in colours.values():
        found = (sheet == colour).all(axis=-1)
        across = found.any(axis=0).astype(int)
        assert np.count_nonzero(np.diff(across) == 1) == 8
        tops.append(np.flatnonzero(found.any(axis=1))[0])
    assert tops == sorted(tops)


def test_clips_of_another_length_are_refused():
    with pytest.raises(InputError, match="flow has 29 frames"):
        make_sheet(still((9, 9, 9)), {"flow": still((9, 9, 9), 29)}, {})
