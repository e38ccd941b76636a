import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.evaluation.plain import from_plain, to_plain


@dataclass(frozen=True)
class Leaf:
    name: str
    value: float


@dataclass(frozen=True)
class Tree:
    leaf: Leaf
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, Leaf]
    maybe: Leaf | None = None
    counts: tuple[int, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


LEAVES = st.builds(Leaf, st.text(), st.floats(allow_nan=False))
TREES = st.builds(
    Tree,
    LEAVES,
    st.lists(LEAVES, max_size=3).map(tuple),
    st.dictionaries(st.text(), LEAVES, max_size=3),
    st.none() | LEAVES,
    st.lists(st.integers(), max_size=3).map(tuple),
    st.dictionaries(st.text(), st.text(), max_size=3),
)


@given(TREES)
def test_there_and_back(tree):
    assert from_plain(Tree, json.loads(json.dumps(to_plain(tree)))) == tree


def test_what_has_a_default_may_be_missing():
    assert from_plain(Tree, {"leaf": {"name": "a", "value": 1}, "leaves": [], "by_name": {}}) == Tree(
        Leaf("a", 1.0), (), {}
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([], "Leaf is list, not dict"),
        ({"name": "a"}, "value"),
        ({"name": "a", "value": "1"}, "Leaf.value is str, not float"),
        ({"name": "a", "value": True}, "Leaf.value is bool, not float"),
        ({"name": None, "value": 1.0}, "Leaf.name is NoneType, not str"),
        ({"name": "a", "value": 1.0, "worth": 2}, "Leaf has no worth"),
    ],
)
def test_what_does_not_fit_is_named(values, message):
    with pytest.raises((TypeError, ValueError), match=message):
        from_plain(Leaf, values)
