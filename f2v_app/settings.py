"""What is remembered between two starts, in one small file."""

import json
from pathlib import Path
from typing import Any

import appdirs
from PySide6.QtCore import QByteArray, QSettings


def settings_file() -> Path:
    """Where the window's settings lie."""
    return Path(appdirs.user_config_dir("f2v", appauthor=False)) / "window.ini"


class Settings:
    """Values by name; whatever cannot be read counts as never written."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def geometry(self) -> QByteArray:
        """The window's place and size as `QWidget.saveGeometry` wrote them; empty at the first start."""
        value = self._store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_geometry(self, value: QByteArray) -> None:
        """Remember the window's place and size."""
        self._store.setValue("window/geometry", value)

    def read(self, name: str, default: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """The value of that name if it has the type of `default`, else `default`."""
        try:
            value = json.loads(str(self._store.value(name, "null")))
        except ValueError:
            return default
        return value if isinstance(value, type(default)) else default

    def write(self, name: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Remember a value that JSON can hold."""
        self._store.setValue(name, json.dumps(value))

    def save(self) -> None:
        """Write everything to the disk now."""
        self._store.sync()
