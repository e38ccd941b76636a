"""Where models lie."""

from pathlib import Path

import appdirs

from f2v_core.assets import resource_folder


def embedded_folder() -> Path:
    """Where the models that ship with f2v lie."""
    return resource_folder() / "models"


def user_folder() -> Path:
    """Where the user's own models lie."""
    return Path(appdirs.user_data_dir("f2v", appauthor=False)) / "models"
