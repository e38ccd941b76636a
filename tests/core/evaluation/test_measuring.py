from tempfile import TemporaryFile

import numpy as np
import pytest

from f2v_core.data.records import ClipRecord
from f2v_core.evaluation.measuring import make_primary, measure_method
from f2v_core.evaluation.metrics import l2_distance
from f2v_core.messages import StageProgress
from tests.core.evaluation.methods import Fade
from tests.datasets import moving_square
from tests.iterators import ended

REAL = np.stack([moving_square(number) for number in range(18)])
RECORDS = tuple(
    ClipRecord(f"val-{n}", "val", "skiing", f"v{n % 3}", "v", 0, 0.0, 30, 64, 64, 10.0, 0.1, 10.0)
    for n in range(18)
)


def test_linear_against_itself_is_exactly_1():
    _, first = ended(measure_method(Fade("linear"), REAL, RECORDS, None, 2, "Measuring"))
    events, again = ended(measure_method(Fade("again"), REAL, RECORDS, first.clips, 2, "Measuring again"))
    for measured in (first, again):
        assert [clip.ratio for clip in measured.clips] == [1.0] * 18
        assert [clip.key for clip in measured.clips] == [record.key for record in RECORDS]
        assert measured.clips[0].draws == ()
        assert measured.seconds > 0
    assert [(e.stage, e.done, e.total) for e in events] == [("Measuring again", n, 18) for n in (0, 16, 18)]


def test_what_is_prepared_is_told_first():
    method = Fade("fitted")
    method.stages = [StageProgress("Fitting", 1, 1, 1.0, 0.0)]
    measured, _ = ended(measure_method(method, REAL[:2], RECORDS[:2], None, 1, "Measuring"))
    with TemporaryFile() as file:
        made, _ = ended(make_primary(method, REAL[:2], file))
    assert [events[0] for events in (measured, made)] == [*method.stages, *method.stages]


@pytest.mark.parametrize(("primary", "asked"), [(None, [None, 0, 1, 2]), (0, [0, None, 1, 2])])
def test_a_latent_is_drawn_from_and_no_video_is_made_twice(primary, asked):
    model = Fade("model", draws=True, primary=primary)
    _, linear = ended(measure_method(Fade("linear"), REAL, RECORDS, None, 3, ""))
    _, measured = ended(measure_method(model, REAL[:4], RECORDS[:4], linear.clips[:4], 3, ""))
    assert model.asked[1:] == asked
    for clip, real in zip(measured.clips, REAL, strict=False):
        made = [model.predict(real[None, 0], real[None, -1], 30, draw)[0] for draw in (None, 0, 1, 2)]
        assert clip.mean_l2 == pytest.approx(l2_distance(made[0], real))
        assert clip.draws == pytest.approx([l2_distance(each, real) for each in made[1:]])
        assert clip.l2 == (clip.mean_l2 if primary is None else clip.draws[0])
        assert clip.diversity > 0


def test_clips_for_the_classifier_are_the_primary_draws():
    model = Fade("model", draws=True, primary=0)
    with TemporaryFile() as file:
        events, made = ended(make_primary(model, REAL, file))
    assert np.array_equal(made, model.predict(REAL[:, 0], REAL[:, -1], 30, 0))
    assert [event.done for event in events] == [16, 18]
