"""Named presets: whole recipes to begin from, and the four lengths that each can be trained for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Literal, get_args

from f2v_core.config.presets import train_preset
from f2v_core.config.subject import Architecture, LearnedKind, Scale
from f2v_core.config.train import TrainConfig
from f2v_core.errors import InputError
from f2v_core.knobs import Value

Length = Literal["quick", "short", "standard", "long"]
LENGTHS: tuple[Length, ...] = get_args(Length)
_SHARES: dict[Length, float] = {"quick": 0.075, "short": 0.25, "standard": 1.0, "long": 3.0}
"""Of the steps that a preset has."""


@dataclass(frozen=True)
class NamedPreset:
    """A recipe with a name.

    Attributes:
        name: how the terminal calls it.
        title, words: what it is, for people; in a sentence or two, what it is good for.
        group: the heading it stands under.
        model, architecture, scale: its networks.
        length: how long it is meant to train.
        changes: what it has other than `train_preset`.
    """

    name: str
    title: str
    words: str
    group: str
    model: LearnedKind
    architecture: Architecture
    scale: Scale = "S"
    length: Length = "standard"
    changes: dict[str, Value] = field(default_factory=dict)

    def config(self, length: Length | None = None, **changes: Value) -> TrainConfig:
        """Its settings for a length, or the one that it is meant for, with `changes` on top.

        Raises:
            InputError: a change outside its knob's range.
        """
        base = _settings(self.name, length or self.length)
        return TrainConfig.from_json({**base.to_json(), **changes}) if changes else base


_TITLES = {"motion": "Motion", "recurrent": "Recurrent", "cvae": "CVAE", "cgan": "CGAN"}
_SIZES: dict[Scale, str] = {"S": "small", "M": "medium", "L": "large"}
_KINDS = {
    ("motion", "cvae"): "Corrects the cross-fade; calm and steady.",
    ("motion", "cgan"): "Corrects the cross-fade and adds detail: sharper, less predictable.",
    ("recurrent", "cvae"): "As Motion CVAE, from a state that evolves in time; slower.",
    ("recurrent", "cgan"): "As Motion CGAN, from a state that evolves in time; slower.",
}
_EFFORTS: dict[Scale, str] = {
    "S": "Trains without a graphics card.",
    "M": "Wants a graphics card.",
    "L": "Wants a strong graphics card.",
}


def _ours() -> Iterable[NamedPreset]:
    """Our networks in their sizes, and the smallest of them for a few hundred steps."""
    yield NamedPreset(
        "quick-try", "Quick try",
        "The small Motion CVAE for a few hundred steps: minutes on a laptop, to see how it goes.",
        "Begin here", "cvae", "motion", length="quick",
    )  # fmt: skip
    architectures: tuple[Architecture, ...] = ("motion", "recurrent")
    for architecture, model, scale in product(architectures, get_args(LearnedKind), get_args(Scale)):
        yield NamedPreset(
            f"{architecture}-{model}-{scale.lower()}",
            f"{_TITLES[architecture]} {_TITLES[model]}, {_SIZES[scale]}",
            f"{_KINDS[architecture, model]} {_EFFORTS[scale]}",
            _TITLES[architecture],
            model,
            architecture,
            scale,
        )


_POSTERS = (
    NamedPreset(
        "poster-erupting", "Poster CVAE, erupting",
        "Objective (1) of 2019, as scripted. Choose footage of eruptions: it had 2000 videos of Moments in Time's "
        "category erupting. How many epochs is not known; here 15.",
        "Poster of 2019", "cvae", "poster", changes={"steps": 3000},
    ),
    NamedPreset(
        "poster-erupting-cgan", "Poster CGAN, erupting",
        "Objective (2) of 2019, as scripted: 1800 epochs in batches of 100, four for each step of the generator. "
        "Choose footage of eruptions: it had 120 videos of Moments in Time's category erupting.",
        "Poster of 2019", "cgan", "poster", changes={"steps": 540},
    ),
    NamedPreset(
        "poster-skiing", "Poster CVAE, skiing",
        "Objective (1) of 2019, as scripted. Choose footage of skiing: it had 1800 videos of Moments in Time's "
        "category skiing. How many epochs is not known; here 15.",
        "Poster of 2019", "cvae", "poster", changes={"steps": 2700},
    ),
)  # fmt: skip
"""The poster trained no CGAN on skiing. Steps are epochs x videos / (batch x batches of a step)."""


@cache
def named_presets() -> tuple[NamedPreset, ...]:
    """All of them, in the order in which people are to see them."""
    return (*_ours(), *_POSTERS)


def named_preset(name: str) -> NamedPreset:
    """The preset of a name.

    Raises:
        InputError: there is none.
    """
    found = next((each for each in named_presets() if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in named_presets())
        raise InputError(f"There is no preset {name}.", f"Choose one of: {names}.")
    return found


def preset_of(model: str, architecture: str, scale: str = "S") -> NamedPreset:
    """The preset of some networks as they are meant to be trained; the poster's have one scale.

    Raises:
        InputError: there are no such networks.
    """
    kind = (model, architecture, "S" if architecture == "poster" else scale)
    fitting = (
        each
        for each in named_presets()
        if (each.model, each.architecture, each.scale, each.length) == (*kind, "standard")
    )
    found = next(fitting, None)
    if found is None:
        raise InputError(f"There is no {architecture} {model} of size {scale}.", "Choose another preset.")
    return found


def nearest_preset(config: TrainConfig) -> tuple[NamedPreset, Length]:
    """From which preset, at which length, a configuration differs in the fewest settings."""
    wanted = {**config.to_json(), "data": ""}
    alike = [
        each
        for each in named_presets()
        if (each.model, each.architecture) == (config.model, config.architecture)
    ]

    def differing(candidate: tuple[NamedPreset, Length]) -> tuple[int, bool, bool]:
        preset, length = candidate
        values = preset.config(length).to_json()
        settings = sum(values[name] != value for name, value in wanted.items())
        return settings, preset.length != length, preset.length != "standard"

    return min(product(alike, LENGTHS), key=differing)


@cache
def _settings(name: str, length: Length) -> TrainConfig:
    preset = named_preset(name)
    whole = train_preset(preset.model, preset.architecture, preset.scale, **preset.changes)
    steps = _rounded(whole.steps * _SHARES[length])
    cadence = {
        "steps": steps,
        "warmup": min(whole.warmup, steps // 10),
        "sample_every": min(whole.sample_every, max(1, steps // 6)),
        "checkpoint_every": min(whole.checkpoint_every, max(1, steps // 3)),
    }
    return TrainConfig.from_json({**whole.to_json(), **cadence})


def _rounded(steps: float) -> int:
    """To two digits."""
    return max(1, int(float(f"{steps:.2g}")))
