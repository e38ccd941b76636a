"""Shares of a batch for the tests of steps, and steps that do not step."""

from torch import Tensor

from f2v_core.training.draws import Draws
from f2v_core.training.shares import Share, divide
from f2v_core.training.steps import Step


def shares(clips: Tensor, portions: int = 1, batch: int = 0) -> list[Share]:
    """The clips as the shares of a whole batch."""
    return divide(clips, portions, 0, batch)


def draws(clips: int) -> Draws:
    """The random numbers of the first batch."""
    return Draws(0, 0, range(clips))


def note_losses(monkeypatch) -> dict[str, tuple[float, float]]:
    """Let no step change a weight; returns what each optimiser is given, its loss and its rate, by name."""
    given: dict[str, tuple[float, float]] = {}

    def note(_self, _optimiser, several, losses, rate, name):
        (share,) = several
        found = losses(share)
        given[name] = float(next(iter(found.values())).detach()), rate
        return {each: value.detach() for each, value in found.items()}

    monkeypatch.setattr(Step, "_descend", note)
    return given
