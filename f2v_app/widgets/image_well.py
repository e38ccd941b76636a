"""A well for one picture: drop, paste or browse; a failed load never loses the picture that is there."""

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from f2v_app import theme
from f2v_app.samples import Picture
from f2v_app.widgets.dropped import may_hold_pictures
from f2v_app.widgets.pictures import borrowed_image

RADIUS = 6.0
INSET = 4
"""Between the well's edge and the picture, in pixels."""


class ImageWell(QWidget):
    """Shows a picture, or says how to get one there.

    Signals:
        browse_wanted: clicked, or Enter pressed.
        dropped: the QMimeData of a drop.
        remove_wanted: the cross or Delete pressed.
    """

    browse_wanted = Signal()
    dropped = Signal(object)
    remove_wanted = Signal()

    def __init__(self, name: str, invitation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invitation = invitation
        self._thumb = QPixmap()
        self._picture: Picture | None = None
        self._over, self._wrong, self._loading = False, False, False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Drop a picture, paste one with Ctrl+V, or click to choose a file"))
        self._remove = QToolButton(self)
        theme.set_icon(self._remove, "close")
        self._remove.setIconSize(QSize(theme.M, theme.M))
        self._remove.setAccessibleName(self.tr("Remove {0}").format(name.lower()))
        self._remove.setToolTip(self.tr("Take this picture out (Delete)"))
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._remove.setCursor(Qt.CursorShape.ArrowCursor)
        self._remove.clicked.connect(self.remove_wanted)
        self._remove.hide()

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def wrong(self) -> bool:
        """Whether what came last could not be read."""
        return self._wrong

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, or the invitation."""
        self._picture = picture
        self._loading = self._wrong = False
        self.setAccessibleDescription(picture.name if picture else self._invitation)
        self._scale()

    def show_loading(self) -> None:
        """A file is being read."""
        self._loading, self._wrong = True, False
        self.update()

    def show_wrong(self, text: str) -> None:
        """What came could not be read; the picture that was there stays."""
        self._loading, self._wrong = False, True
        self.setAccessibleDescription(text)
        self.update()

    def _scale(self) -> None:
        """The thumbnail is made once, at the screen's own resolution."""
        self._thumb = QPixmap()
        if self._picture is not None:
            ratio = self.devicePixelRatioF()
            room = (self.size() - QSize(2 * INSET, 2 * INSET)) * ratio
            image = borrowed_image(self._picture.frame).scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._thumb = QPixmap.fromImage(image)
            self._thumb.setDevicePixelRatio(ratio)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(128, 104)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._remove.setGeometry(self.width() - 24, 4, 20, 20)
        self._scale()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        chosen = theme.colors()
        frame = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._pen(chosen))
            painter.setBrush(QColor(chosen.hover if self._over else chosen.room))
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            if self._thumb.isNull() or self._loading:
                self._draw_words(painter, chosen)
            else:
                size = self._thumb.deviceIndependentSize()
                painter.drawPixmap(
                    round((self.width() - size.width()) / 2),
                    round((self.height() - size.height()) / 2),
                    self._thumb,
                )

    def _pen(self, chosen: theme.Colors) -> QPen:
        if self._wrong:
            return QPen(QColor(chosen.error), 1.5)
        if self.hasFocus() or self._over:
            return QPen(QColor(chosen.accent), 1.5)
        if self._picture is None:
            return QPen(QColor(chosen.faint), 1, Qt.PenStyle.DashLine)
        return QPen(Qt.PenStyle.NoPen)

    def _draw_words(self, painter: QPainter, chosen: theme.Colors) -> None:
        painter.setPen(QColor(chosen.muted))
        painter.setFont(theme.small_font())
        text = self.tr("Reading") if self._loading else self._invitation
        room = self.rect().adjusted(theme.S, theme.S, -theme.S, -theme.S)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.browse_wanted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.browse_wanted.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_wanted.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._remove.setVisible(self._picture is not None)

    @override
    def leaveEvent(self, event: object) -> None:
        self._remove.hide()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold_pictures(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(over=False)
        mime: QMimeData = event.mimeData()
        event.acceptProposedAction()
        self.dropped.emit(mime)

    def _set_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
