"""Frozen dataclasses of plain values as JSON, without loss, and back with every type checked."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A dataclass as dictionaries, sequences and plain values, for `json.dumps`; its mappings keep their order."""
    return asdict(cast("Any", value))


def from_plain(kind: type[T], value: object) -> T:
    """The value of type `kind` that `to_plain` made `value` of.

    Known are dataclasses, `tuple[X, ...]`, `Mapping[str, X]`, `X | None`, str, int, float and bool. Fields that have a
    default may be missing.

    Raises:
        TypeError, ValueError: it is no such value; the text names the field.
    """
    return cast("T", _decode(kind, value, kind.__name__))


def _decode(kind: Any, value: Any, name: str) -> object:  # noqa: ANN401 - types are values here
    if is_dataclass(kind):
        return _decode_record(cast("type", kind), value, name)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        wanted = next(each for each in arguments if each is not NoneType)
        return None if value is None else _decode(wanted, value, name)
    if origin is tuple:
        return tuple(_decode(arguments[0], each, name) for each in _checked(list, value, name))
    if origin is Mapping:
        return {key: _decode(arguments[1], each, name) for key, each in _checked(dict, value, name).items()}
    if kind is float and type(value) is int:
        return float(value)
    return _checked(kind, value, name)


def _decode_record(kind: type, value: Any, name: str) -> object:  # noqa: ANN401
    values, hints = _checked(dict, value, name), _hints(kind)
    if strange := sorted(set(values) - set(hints)):
        raise ValueError(f"{name} has no {', '.join(strange)}")
    return kind(**{key: _decode(hints[key], each, f"{name}.{key}") for key, each in values.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a dataclass's fields by name; a report asks for the same few of them for each clip."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _checked(kind: type[T], value: object, name: str) -> T:
    if type(value) is not kind:
        raise TypeError(f"{name} is {type(value).__name__}, not {kind.__name__}")
    return value
