"""The ladder: every method of the table, from holding a picture to the trained models."""

from collections.abc import Iterator, Sequence

from f2v_core.config import Device
from f2v_core.data.dataset import Dataset
from f2v_core.evaluation.adaptive_blur import AdaptiveBlur
from f2v_core.evaluation.fitting import Fitting
from f2v_core.evaluation.learned_predictor import LearnedPredictor
from f2v_core.evaluation.predictors import Predictor
from f2v_core.evaluation.simple import BlurredLinear, Generated, Hold, PosterLinear
from f2v_core.generators.flow import Flow
from f2v_core.generators.linear import Linear
from f2v_core.generators.registry import CLASSICAL, resolve_model
from f2v_core.library import ModelCard, list_models


def make_ladder(models: Sequence[str], device: Device, dataset: Dataset) -> list[Predictor]:
    """The simple methods, always all of them, and then the models; the first is "linear", the baseline.

    All models are found and loaded before anything is compared. What is fitted to the dataset's training clips is
    fitted when its method makes its first clip.

    Args:
        models: library names, model folders or run folders; none: the embedded models. Names of simple methods that
            are in the ladder anyway, and a model that was already named, are passed over.
        device: where networks run.
        dataset: the one that is compared on.

    Returns:
        Methods with different names and different fingerprints.

    Raises:
        ModelError, RunError: a model is missing or damaged. InputError: there is no such device.
        DataError: the dataset's index cannot be read.
    """
    cards = _cards(models)
    ladder = simple_methods(Fitting(dataset))
    for card in cards:
        taken = {method.name for method in ladder}
        model = LearnedPredictor(card, device, _free_name(card.name, taken))
        if model.fingerprint not in {method.fingerprint for method in ladder}:
            ladder.append(model)
    return ladder


def simple_methods(fitting: Fitting) -> list[Predictor]:
    """The methods without a network."""
    return [
        Generated("cross-fade, i/(T-1)", Linear()),
        Hold("hold", "the nearest of the two images"),
        PosterLinear("linear i/T", "the poster's cross-fade, which stops short of the last image"),
        BlurredLinear(lambda: fitting.fit.sigma, f"blurred {fitting.digest}", fitting.prepare),
        AdaptiveBlur(lambda: fitting.fit.coefficients, f"abx {fitting.digest}", fitting.prepare),
        Generated("optical flow both ways, faded", Flow()),
    ]


def _cards(models: Sequence[str]) -> list[ModelCard]:
    if not models:
        return [card for card in list_models()[0] if card.embedded]
    return [resolve_model(name) for name in models if name not in CLASSICAL]


def _free_name(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken."""
    return next(each for each in _numbered(name) if each not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1
