"""What a setting knows about itself, and frozen dataclasses of them that check their values: JSON both ways."""

from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any, Literal, Self, cast, get_args, get_origin, get_type_hints

from f2v_core.errors import InputError

Value = str | int | float | bool | tuple[str, ...]
"""What a knob may hold."""


@dataclass(frozen=True)
class Knob:
    """What a form, a help text and a check need to know about one field of a config.

    Attributes:
        name: the field's name.
        kind: the field's type: str, int, float or bool; tuple for several texts.
        default: its value when nobody says otherwise.
        help: one sentence for a tooltip or `--help`.
        unit: such as "s" or "px"; empty for plain numbers.
        low, high: the closed range of a number; None where it is open.
        choices: the values a text may take; empty when any text will do.
        group: the heading it stands under in a form.
    """

    name: str
    kind: type
    default: Value
    help: str
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    group: str


def knob(
    default: Any,  # noqa: ANN401 - a dataclass field takes its default's own type
    help: str,  # noqa: A002 - argparse's own word for it
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    group: str = "",
) -> Any:  # noqa: ANN401
    """A dataclass field that carries what `Knob` holds; a Literal type supplies the choices."""
    return field(
        default=default, metadata={"help": help, "unit": unit, "low": low, "high": high, "group": group}
    )


class Config:
    """Base of the configs: checks every knob against its type, range and choices when made.

    Raises:
        InputError: a value outside its range or choices; the message names the knob.
    """

    @classmethod
    def knobs(cls) -> tuple[Knob, ...]:
        """All knobs in the order of the class."""
        hints = get_type_hints(cls)
        return tuple(_knob_of(f, hints[f.name]) for f in fields(cls))  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        for each in self.knobs():
            _check_value(each, getattr(self, each.name))

    def to_json(self) -> dict[str, Value]:
        """Plain values by knob name, for `json.dump`."""
        return asdict(self)  # type: ignore[call-overload,no-any-return]

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The config that `to_json` wrote; knobs that are missing take their default.

        Raises:
            InputError: not a mapping, a name that is not a knob, or a value that it cannot take.
        """
        if not isinstance(values, Mapping):
            raise InputError(f"Settings are {type(values).__name__}, not values by name.")
        known = {each.name: each for each in cls.knobs()}
        strange = sorted(set(values) - set(known))
        if strange:
            raise InputError(f"Unknown setting: {', '.join(strange)}.", f"Known are: {', '.join(known)}.")
        return cls(**{name: _convert(known[name], value) for name, value in values.items()})


def _knob_of(f: "Field[Value]", hint: Any) -> Knob:  # noqa: ANN401
    choices = tuple(str(c) for c in get_args(hint)) if get_origin(hint) is Literal else ()
    kind = str if choices else get_origin(hint) or hint
    meta = f.metadata
    return Knob(
        f.name,
        kind,
        cast("Value", f.default),
        meta["help"],
        meta["unit"],
        meta["low"],
        meta["high"],
        choices,
        meta["group"],
    )


def _convert(each: Knob, value: object) -> object:
    """An int that stands for a float is a float, a list a tuple: JSON knows only one kind of each."""
    if each.kind is tuple and isinstance(value, list):
        return tuple(value)
    whole = type(value) is int and abs(value) <= 2**53  # beyond that a float is another number, or none
    return float(cast("int", value)) if each.kind is float and whole else value


def _check_value(each: Knob, value: object) -> None:
    wrong_type = not isinstance(value, each.kind) or (each.kind is not bool and isinstance(value, bool))
    if wrong_type:
        raise InputError(f"{each.name} is {value!r}, not a value of type {each.kind.__name__}.")
    if isinstance(value, tuple) and not all(isinstance(part, str) for part in value):
        raise InputError(f"{each.name} is {value!r}, not several texts.")
    if each.choices and value not in each.choices:
        raise InputError(f"{each.name} is {value!r}.", f"Choose one of: {', '.join(each.choices)}.")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        low = float("-inf") if each.low is None else each.low
        high = float("inf") if each.high is None else each.high
        if not low <= value <= high:
            raise InputError(
                f"{each.name} is {value}.",
                f"It goes from {low:.10g} to {high:.10g} {each.unit}".rstrip() + ".",
            )
