"""How the app looks: spaces, type sizes, colours, hues of the generators, icons; light and dark as the system.

Widgets say what they are through the property `role`, which `resources/style/app.qss` reads: "primary" and
"quiet" for buttons, "page" for the header's page buttons, "muted" and "error" for labels, "panel" for frames.
"""

import zlib
from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from typing_extensions import override

from f2v_core.assets import resource_folder

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
"""The scale of spaces, in device-independent pixels; panels have `L` inside."""

ICON = 20
"""Width and height of an icon."""


@dataclass(frozen=True)
class Colors:
    """One scheme: neutral greys, one accent, one colour for errors; "#rrggbb"."""

    room: str  # around pictures
    window: str
    panel: str
    field: str  # inputs and buttons
    hover: str
    pressed: str
    line: str
    text: str
    muted: str
    faint: str  # disabled, skeletons' outlines
    accent: str
    accent_hover: str
    on_accent: str
    error: str


LIGHT = Colors(
    room="#e4e4e4",
    window="#f5f5f5",
    panel="#fbfbfb",
    field="#ffffff",
    hover="#ececec",
    pressed="#e0e0e0",
    line="#d4d4d4",
    text="#1c1c1c",
    muted="#616161",
    faint="#a3a3a3",
    accent="#2563d9",
    accent_hover="#1d54c0",
    on_accent="#ffffff",
    error="#b3261e",
)
DARK = Colors(
    room="#141414",
    window="#1c1c1c",
    panel="#212121",
    field="#2b2b2b",
    hover="#343434",
    pressed="#3d3d3d",
    line="#3a3a3a",
    text="#e8e8e8",
    muted="#a3a3a3",
    faint="#6e6e6e",
    accent="#3d7bf0",
    accent_hover="#5a90f5",
    on_accent="#ffffff",
    error="#ff8a80",
)

_HUES = {"linear": "#e69f00", "flow": "#009e73", "cvae": "#d55e00", "cgan": "#cc79a7"}
_OTHER_HUES = ("#56b4e9", "#8c6bb1", "#a6761d", "#66a61e", "#0072b2", "#c9b800")


def hue(name: str) -> QColor:
    """The fixed hue of a generator, from the colour-blind-safe set of Okabe and Ito; of any name by its hash."""
    other = _OTHER_HUES[zlib.crc32(name.encode()) % len(_OTHER_HUES)]
    return QColor(_HUES.get(name, other))


def colors() -> Colors:
    """The colours in force: the app's palette is the one truth about light or dark."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def reduced_motion() -> bool:
    """Whether the system asks for less motion (Qt tells from 6.11 on)."""
    hints = QGuiApplication.styleHints()  # named: what it owns would go with it
    accessibility = getattr(hints, "accessibility", lambda: None)()
    preference = getattr(accessibility, "motionPreference", lambda: None)()
    return getattr(preference, "name", "") == "ReduceMotion"


def apply_theme(app: QApplication) -> None:
    """Dress the app, now and whenever the system changes between light and dark."""
    app.setStyle("Fusion")
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(lambda scheme: dress(app, _colors_of(scheme)))
    dress(app, _colors_of(hints.colorScheme()))


def dress(app: QApplication, chosen: Colors) -> None:
    """Put one scheme on every widget."""
    app.setPalette(_palette(chosen))
    icons = (resource_folder() / "icons").as_posix()
    template = (resource_folder() / "style" / "app.qss").read_text(encoding="utf-8")
    app.setStyleSheet(Template(template).substitute(asdict(chosen), icons=icons))


def _colors_of(scheme: Qt.ColorScheme) -> Colors:
    known = {Qt.ColorScheme.Dark: DARK, Qt.ColorScheme.Light: LIGHT}
    return known.get(scheme) or colors()  # a system that does not tell still has a palette


def _palette(chosen: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(chosen.field), QColor(chosen.window))
    for roles, color in (
        ((role.Base,), chosen.field),
        ((role.AlternateBase,), chosen.panel),
        ((role.ToolTipBase,), chosen.field),
        ((role.Text, role.WindowText, role.ButtonText, role.ToolTipText), chosen.text),
        ((role.PlaceholderText,), chosen.faint),
        ((role.Highlight, role.Accent, role.Link), chosen.accent),
        ((role.HighlightedText,), chosen.on_accent),
    ):
        for each in roles:
            palette.setColor(each, QColor(color))
    for each in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.faint))
    return palette


def title_font() -> QFont:
    """The largest of the three sizes, for a page's or a dialog's title."""
    return _scaled(1.35, QFont.Weight.DemiBold)


def small_font() -> QFont:
    """The smallest of the three sizes, for what is said quietly."""
    return _scaled(0.9, QFont.Weight.Normal)


def _scaled(factor: float, weight: QFont.Weight) -> QFont:
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setWeight(weight)
    return tabular(font)


def tabular(font: QFont) -> QFont:
    """The font with figures of equal width, so that changing numbers stand still."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def icon(name: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in the text's colour; checked buttons show it in the accent's."""
    chosen = colors()
    return _icon(name, chosen.text, chosen.accent_hover, chosen.faint)


@cache
def _icon(name: str, normal: str, checked: str, disabled: str) -> QIcon:
    result = QIcon()
    source = (resource_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    for mode, state, color in (
        (QIcon.Mode.Normal, QIcon.State.Off, normal),
        (QIcon.Mode.Normal, QIcon.State.On, checked),
        (QIcon.Mode.Disabled, QIcon.State.Off, disabled),
    ):
        for scale in (1, 2, 3):
            result.addPixmap(_drawn(source, color, scale), mode, state)
    return result


def _drawn(source: str, color: str, scale: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    pixmap = QPixmap(QSize(ICON, ICON) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    return pixmap


def set_icon(button: QAbstractButton, name: str) -> None:
    """Give a button an icon that is drawn anew when light turns dark; a later call replaces it."""
    button.setIconSize(QSize(ICON, ICON))
    keeper = button.findChild(_IconKeeper) or _IconKeeper(button)
    keeper.show_icon(name)


class _IconKeeper(QObject):
    """Watches a button's palette on its icon's behalf."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button
        self._name = ""
        button.installEventFilter(self)

    def show_icon(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self._button.setIcon(icon(name))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._button.setIcon(icon(self._name))
        return False


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is, also after it was first shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
