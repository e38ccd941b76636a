"""Which volcano it is, how it erupts, when and from where it is filmed: the chance behind a clip."""

from dataclasses import dataclass

import numpy as np

from f2v_core.data.scenes.ballistics import GRAVITY, Fountain
from f2v_core.data.scenes.bursts import Bursts
from f2v_core.data.scenes.cone import SOILS, Cone
from f2v_core.data.scenes.light import Light, random_light
from f2v_core.data.scenes.smoke import Ash
from f2v_core.data.scenes.vent import SIDE, Vent

Range = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """One way in which volcanoes erupt; ranges of lengths in metres, times in seconds.

    Attributes:
        weight: how likely it is.
        hours: as `random_light` takes them.
        span: side of the frame at the volcano's distance.
        gas: speed of the gas at the vent, in frames a second.
        vent: radius of the vent, in frames.
        spread, swirl: as in `Vent`.
        steady, rate, decay: as in `Bursts`.
        grey: the ash's albedo.
        density, glow: as in `Ash`.
        bombs: a second; none at all by default.
        throw: how high the fastest fly, in frames.
        fan: as `Fountain.spread`.
    """

    weight: float
    hours: dict[str, float]
    span: Range
    gas: Range
    vent: Range
    spread: Range
    swirl: Range
    steady: Range
    rate: Range
    decay: Range
    grey: Range
    density: Range
    glow: Range
    bombs: Range | None = None
    throw: Range = (0.0, 0.0)
    fan: Range = (0.0, 0.0)


DARK = {"dusk": 1.0, "blue": 1.2, "night": 1.2}
BRIGHT = {"day": 2.0, "overcast": 0.8, "golden": 1.2, "dusk": 0.5}
ANY = DARK | {"golden": 0.7, "day": 0.7, "overcast": 0.5}
STYLES = {
    "strombolian": Style(
        weight=1.2, hours=ANY, span=(80, 350), gas=(0.08, 0.22), vent=(0.02, 0.035), spread=(0.2, 0.32), swirl=(0.5, 1),
        steady=(0.08, 0.35), rate=(0.4, 1.2), decay=(0.5, 1.4), grey=(0.12, 0.35), density=(0.6, 2.5), glow=(0, 2),
        bombs=(80, 220), throw=(0.25, 0.75), fan=(0.12, 0.4),
    ),
    "column": Style(
        weight=1.3, hours=BRIGHT, span=(500, 5000), gas=(0.02, 0.22), vent=(0.035, 0.07), spread=(0.14, 0.3),
        swirl=(0.4, 1), steady=(0.75, 1), rate=(0.15, 0.5), decay=(1, 3), grey=(0.1, 0.42), density=(3, 7), glow=(0, 0),
    ),
    "fountain": Style(
        weight=1.0, hours=ANY, span=(50, 220), gas=(0.1, 0.25), vent=(0.03, 0.06), spread=(0.15, 0.25), swirl=(0.4, 1),
        steady=(0.8, 1), rate=(0.3, 1), decay=(0.8, 2), grey=(0.12, 0.4), density=(0.3, 1.2), glow=(1, 4),
        bombs=(260, 480), throw=(0.3, 0.8), fan=(0.07, 0.2),
    ),
    "vulcanian": Style(
        weight=1.0, hours=BRIGHT | {"dusk": 1, "blue": 0.5, "night": 0.4}, span=(250, 1500), gas=(0.25, 0.6),
        vent=(0.04, 0.08), spread=(0.22, 0.36), swirl=(0.6, 1), steady=(0.05, 0.3), rate=(0.2, 0.4), decay=(1.5, 3.5),
        grey=(0.08, 0.3), density=(3, 7), glow=(0, 2), bombs=(30, 200), throw=(0.2, 0.6), fan=(0.25, 0.6),
    ),
    "steam": Style(
        weight=0.7, hours=BRIGHT, span=(60, 900), gas=(0.06, 0.3), vent=(0.03, 0.06), spread=(0.2, 0.34),
        swirl=(0.5, 1), steady=(0.5, 0.95), rate=(0.3, 1), decay=(0.8, 2), grey=(0.6, 0.85), density=(1.5, 4),
        glow=(0, 0),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Volcano:
    """One clip's world.

    Attributes:
        style: a name of `STYLES`.
        span: metres along the frame's side, at the volcano.
        place: (2,) the middle of the crater's rim in the frame at time 0, in 0..1 from the left and the top.
        cells: of the fluid along the frame's side.
        fountain: None where no lava is thrown.
        streams: how many streams of lava run down the front.
        soil: as `paint_cone` takes it.
    """

    style: str
    span: float
    place: tuple[float, float]
    cells: float
    light: Light
    cone: Cone
    vent: Vent
    ash: Ash
    bursts: Bursts
    fountain: Fountain | None
    streams: int
    soil: str


def random_volcano(rng: np.random.Generator) -> Volcano:
    """A volcano like no other."""
    chances = np.array([style.weight for style in STYLES.values()])
    name = list(STYLES)[int(rng.choice(len(chances), p=chances / chances.sum()))]
    style = STYLES[name]
    span = float(np.exp(rng.uniform(*np.log(style.span))))
    light = random_light(rng, style.hours)
    cells = SIDE * np.exp(rng.uniform(-0.5, 0.12))
    frame = cells / SIDE  # a frame, as a share of the fluid's box
    radius, gas = rng.uniform(*style.vent), rng.uniform(*style.gas)
    wind = rng.choice((-1, 1)) * gas * rng.uniform(0.02, 0.5) ** 1.3
    vent = Vent(
        radius * frame,
        gas * frame,
        wind * frame,
        rng.uniform(*style.spread),
        rng.uniform(2, 6),
        rng.uniform(*style.swirl),
    )
    onset = rng.uniform(0.1, 1.2) if name == "vulcanian" and rng.random() < 0.7 else -np.inf
    bursts = Bursts(
        rng, rng.uniform(*style.steady), rng.uniform(*style.rate), rng.uniform(*style.decay), onset
    )
    cone = Cone(
        rim=span * radius * rng.uniform(1.2, 2.5), steep=rng.uniform(0.42, 0.8), foot=span * rng.uniform(0.4, 2.5),
        rough=span * rng.uniform(0.006, 0.022), key=int(rng.integers(2**31)),
    )  # fmt: skip
    streams = int(rng.integers(1, 4)) if style.bombs and rng.random() < 0.45 else 0
    return Volcano(
        style=name, span=span, place=(rng.uniform(0.25, 0.75), rng.uniform(0.45, 0.88)), cells=cells, light=light,
        cone=cone, vent=vent, ash=_random_ash(rng, style), bursts=bursts,
        fountain=_random_fountain(rng, style, span, wind), streams=streams, soil=str(rng.choice(list(SOILS))),
    )  # fmt: skip


def _random_ash(rng: np.random.Generator, style: Style) -> Ash:
    grey = rng.uniform(*style.grey)
    warm = rng.uniform(0, 0.12)
    albedo = grey * np.array([1 + warm, 1.0, 1 - 1.2 * warm])
    return Ash(
        albedo.astype(np.float32),
        rng.uniform(*style.density),
        rng.uniform(0.1, 0.3),
        rng.uniform(*style.glow),
    )


def _random_fountain(rng: np.random.Generator, style: Style, span: float, wind: float) -> Fountain | None:
    if style.bombs is None:
        return None
    speed = np.sqrt(2 * GRAVITY * span * rng.uniform(*style.throw)) * 1.1
    return Fountain(
        rate=rng.uniform(*style.bombs), speed=speed, spread=rng.uniform(*style.fan), lean=rng.normal(0, 0.06),
        drag=rng.uniform(4, 15), cooling=rng.uniform(1.5, 4.0), wind=np.array([wind * span, 0, 0]),
    )  # fmt: skip
