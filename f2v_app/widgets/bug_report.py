"""What a bug report needs, in one file: the machine, the log, the settings."""

import subprocess
import sys
import zipfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from f2v_app.log import LOG, log_folder
from f2v_app.settings import settings_file
from f2v_core.errors import ExportError
from f2v_core.storage import atomic_file

NAME = "f2v-report.zip"
DOCTOR_S = 120
"""Longer than the slowest machine needs to look at itself."""


def write_bug_report(path: Path, details: str = "") -> Path:
    """Write the report, whole or not at all; `details` is the traceback that it is about.

    Raises:
        ExportError: the file cannot be written.
    """
    files = [
        each for each in (log_folder() / LOG, log_folder() / f"{LOG}.1", settings_file()) if each.is_file()
    ]
    try:
        with atomic_file(path) as partial, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as whole:
            whole.writestr("doctor.txt", _doctor())
            if details:
                whole.writestr("error.txt", details)
            for each in files:
                whole.write(each, each.name)
    except OSError as error:
        raise ExportError(
            _tr("{0} cannot be written: {1}.").format(path, error.strerror), _tr("Choose another folder.")
        ) from error
    return path


def _doctor() -> str:
    """What `f2v doctor` prints: it looks at the networks' library, which the window never loads."""
    command = [sys.executable, "-m", "f2v_core.cli.main", "doctor"]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, text=True, timeout=DOCTOR_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"f2v doctor took more than {DOCTOR_S} s.\n"
    return done.stdout + done.stderr


def _tr(text: str) -> str:
    return QCoreApplication.translate("BugReport", text)
