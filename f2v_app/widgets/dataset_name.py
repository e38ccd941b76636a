"""The name of a dataset that is to be: suggested, checked in words, and known again where it was begun."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from f2v_app.widgets.dataset_files import fresh_name, look_at_place
from f2v_app.widgets.text_field import TextField
from f2v_core.config import PrepareConfig


class DatasetName(TextField):
    """A suggestion moves with the settings until the user types a name.

    Attributes:
        root: the folder of all datasets.
    """

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("DatasetName", "Save as"), "", parent=parent)
        self.root = root
        self._suggested = ""

    @property
    def folder(self) -> Path:
        """Where the dataset is to lie."""
        return self.root / self.text

    def suggest(self, start: str, config: PrepareConfig) -> None:
        """Suggest a name that begins with `start`, unless the user has given one."""
        if self.text in {self._suggested, ""}:
            self._suggested = fresh_name(self.root, start, config)
            self.set_text(self._suggested)

    def take(self, folder: Path) -> None:
        """Be the name of a folder, as if the user had typed it."""
        self.root, self._suggested = folder.parent, ""
        self.set_text(folder.name)

    def let_go(self) -> None:
        """Count what stands there as a suggestion: the dataset of that name is made."""
        self._suggested = self.text

    def continues(self, config: PrepareConfig) -> bool:
        """Whether an unfinished dataset of these very settings has the name."""
        return look_at_place(self.root, self.text).begun == config

    def look(self, config: PrepareConfig) -> str:
        """Say whether a dataset of these settings can have the name; returns what is wrong."""
        place = look_at_place(self.root, self.text)
        problem, words = place.problem, ""
        if place.begun == config:
            words = self.tr("It is not complete yet: Continue goes on with it.")
        elif place.begun is not None:
            problem = self.tr("An unfinished dataset of other settings has this name: choose another.")
        self.say(problem or words, problem=bool(problem))
        return problem
