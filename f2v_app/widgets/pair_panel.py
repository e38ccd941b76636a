"""The two wells: reading pictures off the window's thread, swapping, and what happens to unequal sizes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from f2v_app import theme
from f2v_app.actions import hint
from f2v_app.samples import Picture
from f2v_app.session import SLOTS, Session, Slot
from f2v_app.settings import Settings
from f2v_app.widgets.background import Background
from f2v_app.widgets.dropped import Source, file_source, sources_in
from f2v_app.widgets.elided_label import ElidedLabel
from f2v_app.widgets.image_well import ImageWell
from f2v_core.errors import F2vError

PATTERNS = (
    "*.png *.jpg *.jpeg *.webp *.avif *.heic *.heif *.tif *.tiff *.gif *.bmp *.jp2 *.ppm *.tga *.qoi *.psd"
)


class PairPanel(QWidget):
    """Fills the session's two pictures.

    Attributes:
        wells: by slot.
        trouble: the sentence about what could not be read; hidden while all is well.
    """

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._go_on: Callable[[], object] | None = None  # when both pictures are there
        self.wells: dict[Slot, ImageWell] = {
            "first": ImageWell(self.tr("First image"), self.tr("Drop the first picture"), self),
            "last": ImageWell(self.tr("Last image"), self.tr("Drop the last picture"), self),
        }
        self._captions = {slot: ElidedLabel(self) for slot in SLOTS}
        self._sizes = {slot: QLabel(self) for slot in SLOTS}
        self._readers = {slot: Background(self) for slot in SLOTS}
        self._swap = self._swap_button()
        self.trouble = QLabel(self)
        self.trouble.setWordWrap(True)
        self.trouble.setAccessibleName(self.tr("What went wrong with a picture"))
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self.trouble, "error")
        self._lay_out()
        for slot in SLOTS:
            self._connect(slot)
            self._on_picture_changed(slot)
        session.picture_changed.connect(self._on_picture_changed)

    def _swap_button(self) -> QToolButton:
        button = QToolButton(self)
        theme.set_icon(button, "swap")
        theme.set_role(button, "quiet")
        button.setAccessibleName(self.tr("Swap"))
        button.setToolTip(hint(self.tr("Swap first and last"), "swap"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self._session.swap)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XS)
        grid.setVerticalSpacing(theme.XS)
        titles = {"first": self.tr("First"), "last": self.tr("Last")}
        for column, slot in ((0, SLOTS[0]), (2, SLOTS[1])):
            head = QHBoxLayout()
            head.addWidget(QLabel(titles[slot], self))
            head.addStretch()
            head.addWidget(self._sizes[slot])
            for label in (self._captions[slot], self._sizes[slot]):
                label.setFont(theme.small_font())
                theme.set_role(label, "muted")
            grid.addLayout(head, 0, column)
            grid.addWidget(self.wells[slot], 1, column)
            grid.addWidget(self._captions[slot], 2, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._swap, 1, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(theme.S)
        column_.addLayout(grid)
        column_.addWidget(self.trouble)
        self.trouble.hide()
        QWidget.setTabOrder(self.wells["first"], self._swap)
        QWidget.setTabOrder(self._swap, self.wells["last"])

    def _connect(self, slot: Slot) -> None:
        well, reader = self.wells[slot], self._readers[slot]
        well.browse_wanted.connect(lambda: self.browse(slot))
        well.dropped.connect(lambda mime: self.take(mime, slot))
        well.remove_wanted.connect(lambda: self._remove(slot))
        reader.answered.connect(lambda picture: self._on_read(slot, picture))
        reader.failed.connect(lambda error: self._on_failed(slot, error))

    def take(self, mime: QMimeData, slot: Slot | None = None) -> None:
        """Read what was dropped or pasted into a well; without one, into the next empty one."""
        try:
            self.load(sources_in(mime), slot)
        except F2vError as error:
            self._on_failed(slot or self._next_slot(), error)

    def paste(self) -> None:
        """Read the clipboard into the well that has the focus, else into the next empty one."""
        focused = next((slot for slot in SLOTS if self.wells[slot].hasFocus()), None)
        self.take(QGuiApplication.clipboard().mimeData(), focused)

    def load(self, sources: Sequence[Source], slot: Slot | None = None) -> None:
        """Read pictures: one into a well, two or more into both wells in their order."""
        self._go_on = None
        slots = list(SLOTS) if len(sources) > 1 else [slot or self._next_slot()]
        self.trouble.hide()
        for each, source in zip(slots, sources, strict=False):
            self.wells[each].show_loading()
            self._readers[each].ask(source.load)

    def load_both(self, sources: Sequence[Source], go_on: Callable[[], object]) -> None:
        """Read both pictures anew, and go on when they are there."""
        for slot in SLOTS:
            self._session.set_picture(slot, None)
        self.load(sources)
        self._go_on = go_on

    def browse(self, slot: Slot) -> None:
        """Let the user choose one file for a well, or two for both."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.wells[slot].accessibleName(),
            self._settings.read("pair/folder", str(Path.home())),
            self.tr("Pictures ({0});;All files (*)").format(PATTERNS),
        )
        if names:
            self._settings.write("pair/folder", str(Path(names[0]).parent))
            self.load([file_source(Path(name)) for name in names], slot)

    def _next_slot(self) -> Slot:
        return next((slot for slot in SLOTS if self._session.picture(slot) is None), "last")

    def _remove(self, slot: Slot) -> None:
        self._readers[slot].drop()
        self.trouble.hide()
        self._session.set_picture(slot, None)

    def _on_read(self, slot: Slot, picture: Picture) -> None:
        self._session.set_picture(slot, picture)
        if self._go_on is not None and all(self._session.picture(each) for each in SLOTS):
            go_on, self._go_on = self._go_on, None
            go_on()

    def _on_failed(self, slot: Slot, error: F2vError) -> None:
        self.wells[slot].show_wrong(str(error))
        kept = self.tr("The picture from before is still there.") if self._session.picture(slot) else ""
        self.trouble.setText(" ".join(filter(None, (f"⚠ {error}", kept))))
        self.trouble.show()

    def _on_picture_changed(self, name: str) -> None:
        slot: Slot = "first" if name == "first" else "last"
        picture = self._session.picture(slot)
        self.wells[slot].show_picture(picture)
        self._captions[slot].setText(picture.name if picture else "")
        self._captions[slot].setToolTip(str(picture.path or picture.name) if picture else "")
        self._sizes[slot].setText("{} × {}".format(*picture.size) if picture else "")
        self._swap.setEnabled(any(self._session.picture(each) for each in SLOTS))
        self.trouble.setVisible(any(well.wrong for well in self.wells.values()))

    def forget_trouble(self) -> None:
        """The user goes on with the pictures that are there: what could not be read is of no more interest."""
        for slot, well in self.wells.items():
            if well.wrong:
                self._on_picture_changed(slot)
