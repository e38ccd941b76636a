"""The training that is being set up: a preset, a length, and what the user changed beside."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from f2v_app.widgets.knob_effects import idle_knobs
from f2v_core.config import TrainConfig
from f2v_core.config.named import Length, NamedPreset, nearest_preset, preset_of
from f2v_core.knobs import Value

KIND = frozenset({"model", "architecture"})
"""Knobs that choose a preset rather than change one."""
APART = frozenset({"data"})
"""Knobs that no preset knows of."""


class TrainDraft(QObject):
    """The one state that all views of the settings show and change.

    Attributes:
        preset, length: what the settings begin from.

    Signals:
        changed: any of it.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preset: NamedPreset = preset_of("cvae", "motion")
        self.length: Length = self.preset.length
        self._changes: dict[str, Value] = {}
        self._config = self._made()

    @property
    def config(self) -> TrainConfig:
        """The settings as they stand, without data."""
        return self._config

    @property
    def defaults(self) -> TrainConfig:
        """What the settings are where the user changed nothing."""
        return self.preset.config(self.length)

    @property
    def idle(self) -> frozenset[str]:
        """The knobs without effect as things stand."""
        return idle_knobs(self._config)

    @property
    def changes(self) -> Mapping[str, Value]:
        """What the user changed and has an effect; what has none comes back with the networks that it suits."""
        defaults = self.defaults
        names = [name for name in self._changes if getattr(self._config, name) != getattr(defaults, name)]
        return {name: self._changes[name] for name in names}

    def choose(self, preset: NamedPreset) -> None:
        """Begin from a preset as it is."""
        self.preset, self.length = preset, preset.length
        self._changes.clear()
        self._tell()

    def set_length(self, length: Length) -> None:
        """Train for another length; a preset that is meant for one gives way to that of its networks."""
        if self.preset.length not in {length, "standard"}:
            self.preset = preset_of(self.preset.model, self.preset.architecture, self.preset.scale)
        self.length = length
        self._changes.pop("steps", None)
        self._tell()

    def set(self, name: str, value: Value) -> None:
        """Change a knob.

        Raises:
            InputError: a value outside its range.
        """
        if name in KIND:
            self._change_kind(**{name: str(value)})
        elif value == getattr(self.defaults, name):
            self._changes.pop(name, None)
        else:
            self.preset.config(self.length, **{name: value})  # raises before anything is changed
            self._changes[name] = value
        self._tell()

    def _change_kind(self, **kind: str) -> None:
        """Go over to the preset of other networks, of the same size where there is one; changes stay."""
        wanted = {"model": self.preset.model, "architecture": self.preset.architecture, **kind}
        self.preset = preset_of(wanted["model"], wanted["architecture"], self.preset.scale)

    def reset(self, *names: str) -> None:
        """Give knobs their defaults back."""
        for name in names:
            self._changes.pop(name, None)
        self._tell()

    def take(self, config: TrainConfig) -> None:
        """Stand as in another training."""
        self.preset, self.length = nearest_preset(config)
        defaults = self.defaults.to_json()
        self._changes = {
            name: value
            for name, value in config.to_json().items()
            if name not in APART and value != defaults[name]
        }
        self._tell()

    def _tell(self) -> None:
        self._config = self._made()
        self.changed.emit()

    def _made(self) -> TrainConfig:
        """Preset and changes, but those without effect: they might not even be possible there."""
        wanted = self.preset.config(self.length, **self._changes)
        idle = idle_knobs(wanted)
        effective = {name: value for name, value in self._changes.items() if name not in idle}
        return self.preset.config(self.length, **effective)
