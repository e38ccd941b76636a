"""A skier's body: how it leans, bends and reaches in a turn, as limbs in space."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.data.scenes.ballistics import GRAVITY
from f2v_core.data.scenes.figure import Limbs
from f2v_core.data.scenes.line import SkiLine, Slope

Array = NDArray[np.float64]
THIGH, SHIN, TRUNK, UPPER_ARM, FOREARM, POLE = 0.43, 0.45, 0.52, 0.29, 0.30, 1.1
"""Metres: lengths of a body of 1.75 m."""
SKI_BEHIND, SKI_AHEAD = 0.78, 0.92
BRIGHT = np.array([
    (0.50, 0.04, 0.03), (0.03, 0.08, 0.38), (0.62, 0.28, 0.03), (0.04, 0.25, 0.12), (0.58, 0.52, 0.08),
    (0.28, 0.05, 0.25), (0.04, 0.28, 0.42), (0.60, 0.14, 0.22), (0.15, 0.30, 0.05),
])  # fmt: skip
GOGGLES = np.full(3, 0.06)


@dataclass(frozen=True)
class Style:
    """Who skis.

    Attributes:
        size: factor on all lengths, 1 for 1.75 m.
        stance: metres between the feet.
        crouch: 0 stands upright .. 1 races in a tuck.
        clothes: (6, 3) colours of jacket, trousers, helmet, gloves and boots, skis, poles, in linear RGB.
    """

    size: float
    stance: float
    crouch: float
    clothes: Array


def random_style(rng: np.random.Generator, crouch: float) -> Style:
    """Somebody in a bright or a dark jacket."""
    bright = BRIGHT[rng.choice(len(BRIGHT), 3, replace=False)] * np.exp(rng.normal(0, 0.2, (3, 1)))
    grey = rng.choice((0.02, 0.035, 0.08, 0.25, 0.55), 3)[:, None] * np.array([1.0, 1.0, 1.1])
    jacket = bright[0] if rng.random() < 0.75 else grey[0]
    trousers = grey[1] if rng.random() < 0.65 else bright[1]
    helmet = grey[2] if rng.random() < 0.6 else bright[2]
    ski = rng.uniform(0.03, 0.5) * np.exp(rng.normal(0, 0.5, 3))
    clothes = np.array([jacket, trousers, helmet, np.full(3, 0.03), ski, np.full(3, 0.15)])
    return Style(rng.uniform(0.92, 1.08), rng.uniform(0.24, 0.42), crouch, np.minimum(clothes, 0.85))


@dataclass(frozen=True)
class Stance:
    """Directions at the skier's feet, unit vectors (3,), and how they turn.

    Attributes:
        feet: (3,) the place between the feet.
        ahead, right, normal: along the skis, to their right, out of the snow.
        body: from the feet to the hips.
        upright: of the trunk: it leans less than the legs.
        face, side: ahead of the shoulders, and to their right: they stay square to the fall line.
        lean: of the body, to the right of the normal, in radians.
        phase: as in `Moment`.
    """

    feet: Array
    ahead: Array
    right: Array
    normal: Array
    body: Array
    upright: Array
    face: Array
    side: Array
    lean: float
    phase: float


def lean_angle(sideways: float, slope: Slope) -> float:
    """The angle to the slope's normal, in radians, at which a skier who turns by `sideways` m/s2 is in balance."""
    return float(np.arctan2(sideways, GRAVITY * np.cos(slope.angle)))


def stance(line: SkiLine, slope: Slope, time: float) -> Stance:
    """How the skier stands at a time in seconds."""
    now = line.at(time)
    lean, heading = 0.92 * lean_angle(float(now.sideways), slope), float(now.heading)
    east, down, normal = slope.axes
    ahead, right = _turned(down, east, heading), _turned(east, -down, heading)
    square = -0.45 * heading
    return Stance(
        feet=slope.point(now.across, now.down), ahead=ahead, right=right, normal=normal,
        body=_turned(normal, right, lean), upright=_turned(normal, right, 0.55 * lean),
        face=_turned(ahead, right, square), side=_turned(right, -ahead, square), lean=lean, phase=float(now.phase),
    )  # fmt: skip


def pose(stance: Stance, style: Style) -> Limbs:
    """A skier's body, skis and poles."""
    size, clothes = style.size, style.clothes
    # skiers go down into a turn and come up between two
    bent = 0.16 * style.crouch - 0.08 * min(abs(stance.lean), 0.7) + 0.07 * float(np.cos(stance.phase)) ** 8
    hip = (
        stance.feet + (0.80 - bent) * size * stance.body - (0.10 + 0.14 * style.crouch) * size * stance.ahead
    )
    trunk = _turned(stance.upright, stance.ahead, 0.45 + 0.55 * style.crouch)
    chest = hip + TRUNK * size * trunk
    head = chest + size * (0.20 * trunk + 0.10 * stance.upright + 0.06 * stance.face)
    pelvis, shoulders = 0.07 * size * stance.right, 0.13 * size * stance.side
    parts = [
        (hip - pelvis, hip + pelvis, 0.115, 0.115, clothes[1]),
        (hip + 0.05 * size * trunk, chest, 0.13, 0.16, clothes[0]),
        (chest - shoulders, chest + shoulders, 0.10, 0.10, clothes[0]),
        (chest, chest + 0.08 * size * trunk, 0.12, 0.09, clothes[0]),
        (head, head + 0.04 * size * stance.upright, 0.125, 0.12, clothes[2]),
        (head + 0.085 * size * stance.face, head + 0.09 * size * stance.face, 0.07, 0.07, GOGGLES),
    ]
    for sign in (-1, 1):
        parts += _leg(hip, stance, style, sign)
        parts += _arm(chest, trunk, stance, style, sign)
    ends = np.array([[start, end] for start, end, *_ in parts])
    radii = size * np.array([[thick, thin] for _, _, thick, thin, _ in parts])
    return Limbs(ends, radii, np.array([colour for *_, colour in parts]))


Part = tuple[Array, Array, float, float, Array]
"""Two ends, the radius at each, and the colour."""


def _turned(first: Array, second: Array, angle: float) -> Array:
    """`first`, turned towards `second`."""
    return np.asarray(math.cos(angle) * first + math.sin(angle) * second)


def _leg(hip: Array, stance: Stance, style: Style, sign: int) -> list[Part]:
    """One leg with its boot and its ski; the inner one of a turn goes ahead a little."""
    size, ahead, clothes = style.size, stance.ahead, style.clothes
    lead = 0.12 * math.copysign(min(abs(stance.lean), 0.8), stance.lean) * sign
    foot = stance.feet + sign * style.stance / 2 * stance.right + lead * ahead
    ankle = foot + 0.13 * size * stance.body
    joint = hip + sign * 0.10 * size * stance.right
    knee = bent_joint(joint, ankle, THIGH * size, SHIN * size, ahead + 0.25 * sign * stance.right)
    tail, tip = foot - SKI_BEHIND * size * ahead, foot + SKI_AHEAD * size * ahead
    boot = foot + 0.05 * stance.body + 0.08 * ahead
    return [
        (joint, knee, 0.105, 0.078, clothes[1]),
        (knee, ankle, 0.076, 0.07, clothes[1]),
        (ankle + 0.10 * stance.body, boot, 0.075, 0.075, clothes[3]),
        (tail, foot, 0.04, 0.038, clothes[4]),
        (foot, tip, 0.038, 0.045, clothes[4]),
        (tip, tip + 0.12 * size * ahead + 0.06 * stance.normal, 0.045, 0.025, clothes[4]),
    ]


def _arm(chest: Array, trunk: Array, stance: Stance, style: Style, sign: int) -> list[Part]:
    """One arm with its pole; the pole is planted as the turn is changed."""
    size, face, out, upright = style.size, stance.face, sign * stance.side, stance.upright
    shoulder = chest + size * (0.19 * out - 0.02 * trunk)
    plant = max(0.0, -math.sin(stance.phase) * sign) ** 6 * (1 - style.crouch)
    wide = (0.32 - 0.10 * style.crouch) * (1 - 0.5 * plant)
    hand = shoulder + size * ((0.32 + 0.10 * plant) * face + wide * out - (0.20 - 0.08 * plant) * upright)
    elbow = bent_joint(shoulder, hand, UPPER_ARM * size, FOREARM * size, out - 0.8 * upright - 0.3 * face)
    back = 0.18 * out - (0.95 - 0.85 * plant) * face - (0.42 + 0.55 * plant) * upright
    tip = hand + POLE * size / math.sqrt(back @ back) * back
    return [
        (shoulder, elbow, 0.08, 0.062, style.clothes[0]),
        (elbow, hand, 0.06, 0.05, style.clothes[0]),
        (hand, hand + 0.05 * size * face, 0.062, 0.055, style.clothes[3]),
        (hand + 0.06 * size * upright, tip, 0.014, 0.012, style.clothes[5]),
    ]


def bent_joint(start: Array, end: Array, first: float, second: float, toward: Array) -> Array:
    """The joint of two bones between two places, bent towards a direction; stretched where they are too short.

    Args:
        start, end: (3,) places in metres.
        first, second: lengths of the bones from the start and to the end, in metres.
        toward: (3,) direction.
    """
    line = end - start
    length = math.sqrt(line @ line) + 1e-9
    line = line / length
    reach = min(length, 0.999 * (first + second))
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = toward - (toward @ line) * line
    high = math.sqrt(max(first**2 - along**2, 0) / (aside @ aside + 1e-9))
    return np.asarray(start + along * line + high * aside)
