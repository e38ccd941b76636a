"""An evaluation as text."""

from dataclasses import replace

import pytest

from f2v_core.evaluation.records import Group, Interval, ModelRow, Report, Sampled
from f2v_core.evaluation.summary import summary_lines


def about(value: float, away: float = 0.0) -> Interval:
    return Interval(value, value - away, value + away)


LINEAR = ModelRow(
    name="linear",
    title="Cross-fade",
    overall=Group(6, 12.04, 4.06, 1.0),
    categories={"city": Group(2, 10.0, 2.0, 1.0), "sea": Group(4, 14.0, 3.0, 1.0)},
    sources={"a": Group(4, 14.0, 3.0, 1.0), "b": Group(2, 10.0, 2.0, 1.0)},
    ratio=about(1.0),
    mean_ratio=about(1.0),
    median_ratio=about(1.0),
    win_rate=about(0.0),
    psnr=about(28.44, 1.0),
    ssim=about(0.8512),
    sharpness=about(0.7),
    temporal=about(0.45),
    endpoint=0.0,
    p_value=1.0,
    curve=(0.0, 0.1, 0.0),
    clips=(),
    seconds=0.0003,
)
CVAE = replace(
    LINEAR,
    name="motion-cvae",
    ratio=about(0.9, 0.04),
    median_ratio=about(0.93),
    win_rate=about(0.834),
    p_value=0.0001,
    auc=about(0.97, 0.01),
    seconds=0.0421,
    sources={"a": Group(4, 14.0, 3.0, 0.9), "park/b.mp4": Group(2, 10.0, 2.0, 1.04)},
    sampled=Sampled(about(0.9, 0.04), about(0.99, 0.02), about(0.91, 0.03), about(0.94, 0.02), 0.01234, 8),
)
REPORT = Report("room", "0" * 64, "test", 6, 2, "1.0", "2026-11-23T12:00:00", (LINEAR, CVAE))

EXPECTED = """\
6 test clips of 2 source videos, room

L2 mean ± std   all clips         sea        city
linear         12.0 ± 4.1  14.0 ± 3.0  10.0 ± 2.0
motion-cvae    12.0 ± 4.1  14.0 ± 3.0  10.0 ± 2.0

Against linear          ratio [95 %]  median  won       p  PSNR   SSIM  sharp  motion   AUC    ms
linear          1.000 [1.000, 1.000]   1.000   0%   1.000  28.4  0.851   0.70    0.45     -   0.3
motion-cvae     0.900 [0.860, 0.940]   0.930  83%  <0.001  28.4  0.851   0.70    0.45  0.97  42.1

Ratios of samples        latent at mean            one sample             mean of 8             best of 8  diversity
motion-cvae        0.900 [0.860, 0.940]  0.990 [0.970, 1.010]  0.910 [0.880, 0.940]  0.940 [0.920, 0.960]     0.0123

Worst source  ratio  clips  source
linear        1.000      4  a
motion-cvae   1.040      2  park/b.mp4"""


def test_the_whole_text():
    assert summary_lines(REPORT) == EXPECTED.splitlines()


def test_many_categories_stand_in_blocks_the_largest_first():
    groups = {f"{i} of a kind with a name": Group(i, 10.0, 1.0, 1.0) for i in range(1, 31)}
    text = "\n".join(summary_lines(replace(REPORT, rows=(replace(LINEAR, categories=groups),))))
    assert text.count("L2 mean ± std") == 2
    assert "all clips  30 of a kind…  29 of a kind…" in text
    assert "20 of a kind…\n" in text
    assert "The 19 categories with fewer clips stand in the report." in text


@pytest.mark.parametrize("name", ["", "sea"])
def test_a_single_category_is_not_said_twice(name: str):
    lines = summary_lines(replace(REPORT, rows=(replace(LINEAR, categories={name: LINEAR.overall}),)))
    assert lines[2].split() == ["L2", "mean", "±", "std", "all", "clips"]


def test_clips_without_a_category_are_called_so():
    groups = {"": Group(2, 10.0, 2.0, 1.0), "sea": Group(4, 14.0, 3.0, 1.0)}
    assert "(none)" in summary_lines(replace(REPORT, rows=(replace(LINEAR, categories=groups),)))[2]


def test_no_line_is_longer_than_a_terminal():
    wide = Interval(99.5, 12.25, 12345.0)
    four = Sampled(wide, wide, wide, wide, 0.5, 64)
    row = replace(
        LINEAR,
        name="n" * 60,
        overall=Group(99_999, 1234.5, 1234.5, 1.0),
        categories={c * 60: Group(9, 1234.5, 1234.5, 1.0) for c in "abcdefghijklmnop"},
        sources={"s" * 300: Group(99_999, 12.0, 1.0, 12345.6)},
        ratio=wide,
        sampled=four,
    )
    lines = summary_lines(replace(REPORT, dataset="d" * 300, rows=(row,)))
    assert max(map(len, lines)) <= 120
    assert "n" * 17 + "…" in lines[3]
    assert any("99.50 [12.25, 12345]" in line for line in lines)


def test_a_report_without_rows_is_its_first_line_and_heads():
    assert summary_lines(replace(REPORT, rows=()))[0] == EXPECTED.splitlines()[0]
