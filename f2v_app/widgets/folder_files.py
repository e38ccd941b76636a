"""Folders on the disk: how large they are, whether somebody works in them, the file manager and the trash."""

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QFile, QUrl
from PySide6.QtGui import QDesktopServices

from f2v_core.errors import F2vError


def folder_bytes(folder: Path) -> int:
    """The size of all files in a folder; what a link leads to, and what cannot be read, counts nothing."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).lstat().st_size
            except OSError:  # gone since its folder was read
                continue
    return total


def show_folder(folder: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def move_to_trash(folder: Path) -> None:
    """Move a folder to the system's trash, from where it can be taken back.

    Raises:
        F2vError: it is gone, or the system refuses: there is no trash on its disk, or it may not be moved.
    """
    if not folder.exists():
        raise F2vError(_tr("{0} is not there any more.").format(folder))
    if not QFile(str(folder)).moveToTrash():
        raise F2vError(
            _tr("The system does not move {0} to the trash.").format(folder.name),
            _tr("There may be no trash on its disk: delete it in the file manager."),
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FolderFiles", text)
