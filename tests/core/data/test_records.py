"""Records: what goes to JSON comes back, and damage is an error in words."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.data.records import FLAGS, SPLITS, ClipRecord
from f2v_core.errors import DataError

RECORD = ClipRecord(
    "train-000012-00003", "train", "erupting", "vid-1", "a/vid 1.mp4", 2, 1.5, 30, 64, 48, 10.0, 0.25, 12.5,
    ("static", "padded"), (0, 2**64 - 1),
)  # fmt: skip
names, numbers = st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False)
counts = st.integers(0, 10_000)


@given(
    st.builds(
        ClipRecord, names, st.sampled_from(SPLITS), names, names, names, counts, numbers, counts, counts, counts,
        numbers, numbers, numbers, st.lists(st.sampled_from(FLAGS)).map(tuple),
        st.lists(st.integers(0, 2**64 - 1)).map(tuple),
    )
)  # fmt: skip
def test_json_holds_everything(record):
    text = record.to_json()
    assert "\n" not in text
    assert ClipRecord.from_json(text) == ClipRecord.from_json(text.encode()) == record


def test_the_shape_is_rows_before_columns():
    assert RECORD.shape == (30, 48, 64, 3)
    assert RECORD.nbytes == 30 * 48 * 64 * 3


def test_hashes_are_hexadecimal():
    assert json.loads(RECORD.to_json())["hashes"] == ["0" * 16, "f" * 16]


def test_what_a_later_version_adds_is_passed_over():
    assert ClipRecord.from_json(json.dumps({**json.loads(RECORD.to_json()), "mood": "calm"})) == RECORD


@pytest.mark.parametrize("name", [each.name for each in fields(ClipRecord)])
def test_a_record_without_one_of_its_values_is_damaged(name):
    values = json.loads(RECORD.to_json())
    del values[name]
    with pytest.raises(DataError, match=f"record is damaged: KeyError\\('{name}'"):
        ClipRecord.from_json(json.dumps(values))


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[1, 2]", "7", b"\x89PNG\r\n", RECORD.to_json().replace("f" * 16, "xyz")]
)
def test_other_texts_are_damaged_records(text):
    with pytest.raises(DataError, match="record is damaged"):
        ClipRecord.from_json(text)
