"""The rule of the splits in words."""

from f2v_core.config import prepare_preset
from f2v_core.data.scanning.layouts import Layout, Place
from f2v_core.data.scanning.rules import split_rule

ELSE = "A source is the id in a name as in Moments in Time, such as yt-ID_118.mp4, else the file."


def rule(*places, moments=False, **changes):
    return split_rule(prepare_preset("windows", **changes), Layout("some", places, moments))


def test_a_free_tree():
    assert rule(Place("", None), seed=3) == (
        "Of the sources 10 % for val and 10 % for test are held out, whole ones by a hash of the seed (3) and their "
        "name; the rest are train. " + ELSE
    )


def test_moments_in_time():
    text = rule(Place("training", None), Place("validation", "test"), moments=True, val_share=0.25)
    assert text.startswith(
        "validation counts as test. Of the sources in training 25 % for val are held out, "
    )
    assert text.endswith(
        "held out, whole ones by a hash of the seed (0) and their name; the rest are train. " + ELSE
    )


def test_folders_named_after_their_splits():
    text = rule(Place("train", "train"), Place("val", "val"), Place("test", "test"))
    assert text == "Each folder is the split it is named after. Nothing is split off."


def test_given_splits():
    text = rule(Place("train", "train"), Place("val", "val"), Place("valid", "val"))
    assert text == "train counts as train; val and valid count as val. Nothing is split off."


def test_one_split_for_all():
    assert rule(Place("", None), split="test") == "Every video counts as test."


def test_a_pattern_is_named():
    assert rule(Place("", None), source_pattern="cam.").endswith(
        "what cam. finds in a video's path, else the file."
    )
