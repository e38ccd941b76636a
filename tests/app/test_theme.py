import re
from dataclasses import asdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from f2v_app import theme
from f2v_core.assets import resource_folder


@pytest.fixture(autouse=True)
def undress(qapp: QApplication):
    palette, style = qapp.palette(), qapp.style().name()
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("chosen", [theme.LIGHT, theme.DARK])
def test_texts_can_be_read(chosen):
    for ground in (chosen.window, chosen.panel, chosen.field, chosen.room):
        assert contrast(chosen.text, ground) >= 7
        assert contrast(chosen.muted, ground) >= 4.5
    assert contrast(chosen.error, chosen.panel) >= 4.5
    assert contrast(chosen.on_accent, chosen.accent) >= 3.9


@pytest.mark.parametrize("chosen", [theme.LIGHT, theme.DARK])
def test_greys_are_neutral(chosen):
    greys = {name: c for name, c in asdict(chosen).items() if "accent" not in name and name != "error"}
    assert all(c[1:3] == c[3:5] == c[5:7] for c in greys.values())


def test_light_and_dark_are_told_by_the_palette(qapp):
    theme.dress(qapp, theme.DARK)
    assert theme.colors() is theme.DARK
    theme.dress(qapp, theme.LIGHT)
    assert theme.colors() is theme.LIGHT


def test_the_app_follows_the_system(qapp):
    theme.apply_theme(qapp)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colors() is theme.DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colors() is theme.LIGHT


def test_hues_are_fixed_and_any_name_has_one():
    known = [theme.hue(name).name() for name in ("linear", "flow", "cvae", "cgan")]
    assert len(set(known)) == 4
    assert theme.hue("mine") == theme.hue("mine")
    assert theme.hue("mine").name() not in known


def test_icons_are_one_set():
    icons = sorted((resource_folder() / "icons").glob("*.svg"))
    assert len(icons) > 15
    for path in icons:
        text = path.read_text()
        assert 'viewBox="0 0 20 20"' in text, path.name
        if not path.name.startswith("control-"):
            assert 'stroke="currentColor" stroke-width="1.5"' in text, path.name


def test_every_icon_that_code_asks_for_exists():
    app = resource_folder().parent / "f2v_app"
    names = {
        name
        for path in app.rglob("*.py")
        for name in re.findall(r'set_icon\([\w.]+, "([\w-]+)"', path.read_text())
    }
    assert names
    assert all((resource_folder() / "icons" / f"{name}.svg").is_file() for name in names)


def test_icons_turn_with_the_theme(qapp, qtbot):
    theme.dress(qapp, theme.LIGHT)
    button = QToolButton()
    qtbot.addWidget(button)
    theme.set_icon(button, "play")
    theme.set_icon(button, "close")
    button.show()

    def darkest() -> int:
        image = button.icon().pixmap(20, 20).toImage()
        points = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
        return min(point.lightness() for point in points if point.alpha() > 200)

    light = darkest()
    theme.dress(qapp, theme.DARK)
    assert light < 60
    assert darkest() > 180


def test_type_has_three_sizes(qapp, qtbot):
    sizes = [theme.small_font().pointSizeF(), qapp.font().pointSizeF(), theme.title_font().pointSizeF()]
    assert sizes == sorted(set(sizes))


def test_a_role_can_change(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    theme.set_role(label, "error")
    assert label.property("role") == "error"


def test_motion_is_shown_unless_the_system_says_otherwise(qapp, monkeypatch):
    assert theme.reduced_motion() in {True, False}

    class Hints:
        def accessibility(self):
            return self

        def motionPreference(self):  # noqa: N802
            class Preference:
                name = "ReduceMotion"

            return Preference()

    monkeypatch.setattr(theme.QGuiApplication, "styleHints", Hints)
    assert theme.reduced_motion()
