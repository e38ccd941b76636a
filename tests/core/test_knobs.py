"""Knobs and the configs made of them: ranges, choices, JSON both ways."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from f2v_core.config import EvaluateConfig, GenerateConfig, TrainConfig
from f2v_core.errors import InputError
from f2v_core.knobs import Config, Knob, Value

KNOBS = [*TrainConfig.knobs(), *GenerateConfig.knobs()]


def values_of(each: Knob) -> st.SearchStrategy[Value]:
    """Anything that the knob accepts."""
    if each.choices:
        return st.sampled_from(each.choices)
    if each.kind is bool:
        return st.booleans()
    if each.kind is int:
        return st.integers(int(each.low), int(each.high))
    if each.kind is float:
        return st.floats(each.low, each.high)
    return st.text(max_size=20)


def configs(kind: type[Config]) -> st.SearchStrategy[Config]:
    return st.fixed_dictionaries({each.name: values_of(each) for each in kind.knobs()}).map(kind.from_json)


@pytest.mark.parametrize("each", KNOBS, ids=lambda each: each.name)
def test_every_knob_explains_itself(each: Knob):
    assert each.help.endswith(".")
    assert each.kind in {str, int, float, bool}
    assert (each.low is not None and each.high is not None) == (each.kind in {int, float})


@given(st.one_of(configs(TrainConfig), configs(GenerateConfig)))
def test_json_brings_back_the_same_config(config: Config):
    assert type(config).from_json(json.loads(json.dumps(config.to_json()))) == config


@pytest.mark.parametrize("each", [k for k in KNOBS if k.kind in {int, float}], ids=lambda each: each.name)
def test_beyond_either_end_of_the_range_is_refused(each: Knob):
    owner = TrainConfig if each in TrainConfig.knobs() else GenerateConfig
    for value in (each.kind(each.low - 1), each.kind(each.high * 2 + 1)):
        with pytest.raises(InputError, match=each.name):
            owner.from_json({each.name: value})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"stepz": 3}, "stepz"),
        ({"steps": 3.5}, "not a value of type int"),
        ({"steps": True}, "not a value of type int"),
        ({"ema": True}, "not a value of type float"),
        ({"ema": "0.5"}, "not a value of type float"),
        ({"ema": 10**400}, "not a value of type float"),
        ({"ema": float("nan")}, "nan"),
        ({"augment": 1}, "not a value of type bool"),
        ({"model": "gan"}, "cvae, cgan"),
        ({"data": None}, "not a value of type str"),
        ([], "list"),
        (None, "NoneType"),
    ],
)
def test_what_a_config_cannot_hold_is_named(values: object, said: str):
    with pytest.raises(InputError) as caught:
        TrainConfig.from_json(values)
    assert said in str(caught.value)


def test_several_texts_are_a_tuple_and_a_list_in_json():
    config = EvaluateConfig(models=("mine, the second", "cvae"))
    assert EvaluateConfig.from_json(json.loads(json.dumps(config.to_json()))) == config
    (models,) = [each for each in EvaluateConfig.knobs() if each.name == "models"]
    assert (models.kind, models.default, models.choices) == (tuple, (), ())


@pytest.mark.parametrize("models", ["cvae", [1], {"cvae": True}])
def test_what_is_not_several_texts_is_named(models: object):
    with pytest.raises(InputError, match="models is"):
        EvaluateConfig.from_json({"models": models})


def test_the_range_stands_in_the_remedy_with_its_unit():
    with pytest.raises(InputError) as caught:
        GenerateConfig(seconds=0.0)
    assert caught.value.remedy == "It goes from 0.02 to 600 s."


def test_a_whole_number_stands_for_a_float():
    assert TrainConfig.from_json({"clip_norm": 2}).clip_norm == 2.0
    assert isinstance(TrainConfig.from_json({"clip_norm": 2}).clip_norm, float)


def test_replace_checks_again():
    with pytest.raises(InputError):
        replace(TrainConfig(), batch=0)
