"""A small drawing board for charts: scales, marks and text as SVG that browsers and Qt draw alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import product
from math import ceil, floor, isfinite, log10
from typing import Literal

from f2v_core.media.lettering import shorten, text_width

TEXT, SMALL = 13, 12
"""Heights of letters in user units; a chart is about 680 of them wide."""
WIDER = 1.15
"""Readers' fonts are up to this much wider than the one that text is measured in."""
FONTS = "sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of a chart, anything that SVG takes as a colour.

    Attributes:
        hues: for methods, after Okabe and Ito, told apart by the colour-blind: orange, bluish green, vermilion,
            reddish purple, blue, sky blue, grey, yellow.
    """

    paper: str
    ink: str
    muted: str
    line: str
    good: str
    hues: tuple[str, ...]


_HUES = ("#e69f00", "#009e73", "#d55e00", "#cc79a7", "#0072b2", "#56b4e9", "#7a7a7a")
LIGHT = Palette("#ffffff", "#1c1c1c", "#5c5c5c", "#d4d4d4", "#009e73", (*_HUES, "#a89600"))
DARK = Palette(
    "#1c1c1c", "#e8e8e8", "#a8a8a8", "#454545", "#009e73", (*_HUES[:4], "#4a9bd8", *_HUES[5:], "#f0e442")
)
PAGE = Palette(
    paper="var(--paper)",
    ink="var(--ink)",
    muted="var(--muted)",
    line="var(--line)",
    good="var(--good)",
    hues=tuple(f"var(--hue{index})" for index in range(len(LIGHT.hues))),
)
"""For SVG inside a page that gives these names their colours, see `variables`."""


def variables(palette: Palette) -> str:
    """The declarations that give a page the colours of `PAGE`."""
    plain = {name: getattr(palette, name) for name in ("paper", "ink", "muted", "line", "good")}
    hues = {f"hue{index}": hue for index, hue in enumerate(palette.hues)}
    return " ".join(f"--{name}: {value};" for name, value in (plain | hues).items())


@dataclass(frozen=True)
class Style:
    """How a method is drawn everywhere: place among the hues, dashes, shape of its marks."""

    hue: int
    dashes: str
    mark: int


_KNOWN = {"linear": 0, "flow": 1, "cvae": 2, "cgan": 3}
"""The hues that the window gives its generators."""
_ORDER = (4, 5, 6, 7, 1, 3, 0, 2)
"""Hues that no generator has come first."""
_DASHES = ("", "7 3", "2 3", "9 3 2 3")


def method_styles(names: Sequence[str]) -> dict[str, Style]:
    """A style for each method: known generators keep their hue, the others take what is left, with dashes from
    the ninth on.
    """
    styles = {name: Style(_KNOWN[name], "", 0) for name in names if name in _KNOWN}
    every = [Style(hue, dashes, mark) for (mark, dashes), hue in product(enumerate(_DASHES), _ORDER)]
    free = [style for style in every if style not in styles.values()]
    others = [name for name in names if name not in styles]
    return styles | {name: free[index % len(free)] for index, name in enumerate(others)}


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` on lengths from `start` to `end`; what lies beyond is drawn at the edge."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def beyond(self, value: float) -> bool:
        """Whether the value had to be moved to be drawn."""
        return not self.low <= value <= self.high

    def ticks(self, count: int = 5) -> list[float]:
        """About `count` round values."""
        step = nice_step((self.high - self.low) / count)
        slack = step * 1e-6
        return [
            step * i for i in range(ceil((self.low - slack) / step), floor((self.high + slack) / step) + 1)
        ]


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`."""
    power: float = 10.0 ** floor(log10(least))
    return next((step * power for step in (1, 2, 5) if step * power >= least * (1 - 1e-9)), 10 * power)


def spanning(
    values: Iterable[float], low: float, high: float, least: float, most: float
) -> tuple[float, float]:
    """The range of an axis: at least `low`..`high`, as far as the finite values reach, never beyond `least`..`most`."""
    known = [value for value in values if isfinite(value)]
    low, high = min([low, *known]), max([high, *known])
    room = 0.04 * (high - low)
    return max(least, low - room), min(most, high + room)


@dataclass
class Board:
    """Collects marks; all lengths in user units, y downwards."""

    width: float
    height: float
    palette: Palette
    parts: list[str] = field(default_factory=list)

    def line(
        self, a: tuple[float, float], b: tuple[float, float], colour: str, width: float = 1, dashes: str = ""
    ) -> None:
        """A straight line."""
        self.polyline([a, b], colour, width, dashes)

    def polyline(
        self, points: Iterable[tuple[float, float]], colour: str, width: float = 2, dashes: str = ""
    ) -> None:
        """A line through points."""
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dash} '
            'stroke-linejoin="round"/>'
        )

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str,
        opacity: float,
        stroke: str = "none",
    ) -> None:
        """A rectangle; `opacity` is the filling's."""
        self.parts.append(
            f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{size[0]:.1f}" height="{size[1]:.1f}" '
            f'fill="{fill}" fill-opacity="{opacity}" stroke="{stroke}"/>'
        )

    def mark(
        self, at: tuple[float, float], fill: str, radius: float = 5, shape: int = 0, opacity: float = 1
    ) -> None:
        """A disc (shape 0), square (1), diamond (2) or triangle (3)."""
        x, y, r = *at, radius
        look = f'fill="{fill}" fill-opacity="{opacity}"'
        if shape % 4 == 0:
            self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {look}/>')
            return
        corners = (
            [(-r, -r), (r, -r), (r, r), (-r, r)],
            [(0, -1.3 * r), (1.3 * r, 0), (0, 1.3 * r), (-1.3 * r, 0)],
            [(0, -1.2 * r), (1.2 * r, r), (-1.2 * r, r)],
        )[shape % 4 - 1]
        path = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
        self.parts.append(f'<polygon points="{path}" {look}/>')

    def text(
        self,
        at: tuple[float, float],
        words: str,
        colour: str,
        anchor: Literal["start", "middle", "end"] = "start",
        size: int = SMALL,
        weight: int = 400,
    ) -> None:
        """One line, its small letters' middle at `at`."""
        self.parts.append(
            f'<text x="{at[0]:.1f}" y="{at[1] + size * 0.36:.1f}" text-anchor="{anchor}" font-size="{size}" '
            f'font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
        )

    def render(self, label: str) -> str:
        """The SVG element; `label` says what it shows to those who do not see it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:.0f} {self.height:.0f}" '
            f'width="{self.width:.0f}" height="{self.height:.0f}" role="img" aria-label="{escape(label)}" '
            f'font-family="{FONTS}">' + "".join(self.parts) + "</svg>"
        )


def width_of(words: str, size: int = SMALL) -> float:
    """About how wide a line gets, in user units, rather too much than too little."""
    return text_width(words, size) * WIDER


def fitted(words: str, width: float, size: int = SMALL) -> str:
    """The words, cut off with an ellipsis where they are wider than `width`."""
    return shorten(words, size, int(width / WIDER))


def fitted_end(words: str, width: float, size: int = SMALL) -> str:
    """The words, their beginning cut off where they are wider than `width`: file names differ at the end."""
    if width_of(words, size) <= width:
        return words
    cut = next(
        (cut for cut in range(1, len(words)) if width_of(f"…{words[cut:]}", size) <= width), len(words)
    )
    return f"…{words[cut:]}"


Rect = tuple[float, float, float, float]
"""x, y of the upper left corner, width, height."""


def place_label(
    at: tuple[float, float], size: tuple[float, float], taken: Sequence[Rect], room: Rect
) -> Rect:
    """Where beside a point a label covers least of what is there: right, left, above, below, then further off.

    Args:
        at: the point; `size`: the label's width and height.
        taken: what should stay free; `room`: what the label should not leave.
    """
    (x, y), (w, h) = at, size
    around: list[Rect] = []
    for gap in (8, 16, 26, 38):
        for dy in (0.0, -gap, gap, -2 * gap, 2 * gap):
            around += [(x + gap, y + dy - h / 2, w, h), (x - gap - w, y + dy - h / 2, w, h)]
        around += [(x - w / 2, y - gap - h, w, h), (x - w / 2, y + gap, w, h)]
    return min(around, key=lambda place: _covered(place, taken, room))


def _covered(place: Rect, taken: Sequence[Rect], room: Rect) -> int:
    """How much a label covers; outside the room counts four times. Rounded, so that of equal places the first wins."""
    outside = place[2] * place[3] - _shared(place, room)
    return round(4 * outside + sum(_shared(place, other) for other in taken))


def _shared(a: Rect, b: Rect) -> float:
    """The area that two rectangles have in common."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return max(0.0, width) * max(0.0, height)
