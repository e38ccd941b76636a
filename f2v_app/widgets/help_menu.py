"""The menu behind the question mark: keys, a report for a bug, the log, what f2v is."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from f2v_app.actions import entry
from f2v_app.log import log_folder
from f2v_app.widgets.background import Background
from f2v_app.widgets.folder_files import show_folder
from f2v_app.widgets.help_dialog import HelpDialog
from f2v_core.errors import F2vError


class HelpMenu(QMenu):
    """Help in the order in which it is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner = parent
        self._writer = Background(self)
        self._writer.answered.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        keys = self.addAction(self.tr("Keyboard shortcuts"), self.show_keys)
        keys.setShortcut(QKeySequence(entry("help").keys[0]))
        keys.setShortcutContext(keys.shortcutContext().WidgetShortcut)  # shown only: the window has the key
        self.addSeparator()
        self.addAction(self.tr("Save report for a bug…"), self.save_report)
        self.addAction(self.tr("Open log folder"), self._open_log)
        self.addSeparator()
        self.addAction(self.tr("About f2v"), self.show_about)

    def show_keys(self) -> None:
        """Show what the keys do."""
        self._show(HelpDialog(self._owner))

    def show_about(self) -> None:
        """Show version, licences and libraries."""
        from f2v_app.widgets.about_dialog import AboutDialog  # noqa: PLC0415 - the window shows before it is wanted

        self._show(AboutDialog(self._owner))

    def _show(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _open_log(self) -> None:
        log_folder().mkdir(parents=True, exist_ok=True)
        show_folder(log_folder())

    def save_report(self, details: str = "") -> None:
        """Ask where to, and write there what a bug report needs."""
        from f2v_app.widgets.bug_report import NAME, write_bug_report  # noqa: PLC0415 - as above

        title = self.tr("Save a report: versions, devices, settings and the log, no pictures")
        chosen, _ = QFileDialog.getSaveFileName(self._owner, title, str(Path.home() / NAME), "*.zip")
        if chosen:
            self._writer.ask(lambda: write_bug_report(Path(chosen), details))

    def tell_surprise(self, details: str) -> None:
        """Say that something unexpected went wrong, and offer the report."""
        box = QMessageBox(self._owner)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Something unexpected went wrong"))
        box.setText(self.tr("Something unexpected went wrong. The program goes on, but may not be in order."))
        box.setInformativeText(details.strip().splitlines()[-1])
        save = box.addButton(self.tr("Save report…"), QMessageBox.ButtonRole.ActionRole)
        copy = box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Close)
        save.clicked.connect(lambda: self.save_report(details))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        box.finished.connect(box.deleteLater)
        box.open()

    def _on_written(self, path: Path) -> None:
        text = self.tr(
            "The report lies in {0}. Look through it before you send it: it names folders of yours."
        )
        QMessageBox.information(self._owner, self.tr("Report saved"), text.format(path))

    def _on_failed(self, error: F2vError) -> None:
        QMessageBox.warning(self._owner, self.tr("The report was not saved"), str(error))
