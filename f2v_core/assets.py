"""Where the files that ship with f2v lie: icons, embedded models, sample pairs."""

from pathlib import Path


def resource_folder() -> Path:
    """The folder `resources`: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
