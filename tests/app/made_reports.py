"""A report that looks like a real one: eight methods on 31 clips of seven videos, made from random numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from f2v_core.evaluation.records import ClipFigures, Group, Interval, ModelRow, Report, Sampled

CLIPS, VIDEOS, FRAMES, DRAWS = 31, 7, 30, 8


@dataclass(frozen=True)
class Method:
    """What a made method is like, on average."""

    name: str
    title: str
    ratio: float
    sharpness: float
    temporal: float
    auc: float
    latent: bool = False


METHODS = (
    Method("hold", "The first image until the middle, then the last", 1.58, 1.0, 0.05, 1.0),
    Method("linear", "Cross-fade i/(T-1)", 1.0, 0.68, 0.31, 0.97),
    Method("linear-authors", "Cross-fade i/T, as published", 1.01, 0.69, 0.30, 0.97),
    Method("blurred-linear", "Cross-fade, blurred towards the middle", 0.98, 0.35, 0.28, 0.99),
    Method("adaptive-blur", "Blur and blend fitted on train", 0.955, 0.28, 0.27, 0.99),
    Method("flow", "Optical flow", 1.04, 0.88, 0.52, 0.93),
    Method("cvae", "Motion CVAE that ships with f2v", 0.912, 0.74, 0.44, 0.92, latent=True),
    Method("cgan", "Motion CGAN that ships with f2v", 0.963, 0.97, 0.71, 0.81, latent=True),
)


def made_report(seed: int = 1, methods: tuple[Method, ...] = METHODS) -> Report:
    """A whole report; the same for the same seed."""
    rng = np.random.default_rng(seed)
    base = rng.gamma(6.0, 2.0, CLIPS)
    rows = tuple(_row(method, base, rng) for method in methods)
    return Report(
        "room", "5f" * 32, "val", CLIPS, VIDEOS, "0.1.0", "2026-11-23T14:05:00+00:00", rows,
        {f"{which} of {name}": f"sheets/{which}-{name}.png" for name in ("cvae", "cgan") for which in SHEETS},
    )  # fmt: skip


SHEETS = ("best", "median", "worst")


def _row(method: Method, base: NDArray[np.float64], rng: np.random.Generator) -> ModelRow:
    plain = method.name == "linear"
    ratios = np.ones(CLIPS) if plain else method.ratio * rng.normal(1.0, 0.07, CLIPS)
    clips = tuple(_clip(number, method, base[number], ratios[number], rng) for number in range(CLIPS))
    l2 = base * ratios
    ratio = float(l2.sum() / base.sum())
    spread = 0.0 if plain else 0.028
    return ModelRow(
        method.name, method.title, _group(clips, base), _groups(clips, base, "category"),
        _groups(clips, base, "source"),
        _around(ratio, spread), _around(float(ratios.mean()), spread),
        _around(float(np.median(ratios)), spread), _around(float((ratios < 1).mean()), 0.0 if plain else 0.08),
        _mean(clips, "psnr", 0.8), _mean(clips, "ssim", 0.02), _mean(clips, "sharpness", 0.04),
        _mean(clips, "temporal", 0.03), 0.0, 1.0 if plain else 0.003, _curve(method), clips,
        _sampled(method, rng) if method.latent else None, _around(method.auc, 0.01), 0.0042,
    )  # fmt: skip


def _clip(number: int, method: Method, base: float, ratio: float, rng: np.random.Generator) -> ClipFigures:
    category = ("erupting", "skiing", "smoking")[number % 3]
    near = rng.normal(1.0, 0.04, 4)
    draws = (
        tuple(float(each) for each in base * ratio * rng.normal(1.04, 0.03, DRAWS)) if method.latent else ()
    )
    return ClipFigures(
        f"clip-{number:05d}", f"video {number % VIDEOS}", category, float(base * ratio), float(ratio),
        float((27.4 - 20 * np.log10(ratio)) * near[0]), float(min(1.0, 0.81 / ratio**0.5 * near[1])),
        float(method.sharpness * near[2]), float(method.temporal * near[3]), 0.0, _curve(method),
        float(base * ratio) if method.latent else 0.0, draws, float(np.mean(draws)) if draws else 0.0,
        0.021 if draws else 0.0,
    )  # fmt: skip


def _curve(method: Method) -> tuple[float, ...]:
    bow = np.sin(np.pi * np.linspace(0, 1, FRAMES))
    return tuple(float(each) for each in 0.09 * method.ratio * bow**0.6)


def _group(clips: tuple[ClipFigures, ...], base: NDArray[np.float64]) -> Group:
    l2 = np.array([each.l2 for each in clips])
    return Group(len(clips), float(l2.mean()), float(l2.std(ddof=1)), float(l2.sum() / base.sum()))


def _groups(clips: tuple[ClipFigures, ...], base: NDArray[np.float64], what: str) -> dict[str, Group]:
    names = sorted({getattr(each, what) for each in clips})
    chosen = {name: [n for n, each in enumerate(clips) if getattr(each, what) == name] for name in names}
    return {name: _group(tuple(clips[n] for n in rows), base[rows]) for name, rows in chosen.items()}


def _around(value: float, spread: float) -> Interval:
    return Interval(value, value - spread, value + spread)


def _mean(clips: tuple[ClipFigures, ...], what: str, spread: float) -> Interval:
    return _around(float(np.mean([getattr(each, what) for each in clips])), spread)


def _sampled(method: Method, rng: np.random.Generator) -> Sampled:
    near = rng.normal(0.0, 0.002, 4)
    figures = (method.ratio + step + shift for step, shift in zip((0, 0.05, 0.01, -0.03), near, strict=True))
    return Sampled(*(_around(float(each), 0.03) for each in figures), 0.021, DRAWS)
