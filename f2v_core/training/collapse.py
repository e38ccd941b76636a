"""The alarm for posterior collapse: a CVAE whose latent no longer tells anything of the video."""

from dataclasses import dataclass

LEAST_NATS = 1.0
"""A posterior that differs from its prior by less tells nothing."""
_ADVICE = "Samples will hardly differ. Raise free_bits or kl_ramp, or lower prior_mean_share."


@dataclass(frozen=True)
class PosteriorFigures:
    """What a posterior is worth on the validation clips.

    Attributes:
        ratio: the mean L2 distance over that of linear interpolation, where z is the posterior's mean.
        kl: KL( posterior || prior ), nats a clip.
    """

    ratio: float
    kl: float


class CollapseWatch:
    """Remembers whether the posterior has collapsed, and says so when that changes.

    Attributes:
        collapsed: what was found last.
    """

    def __init__(self, *, collapsed: bool = False) -> None:
        self.collapsed = collapsed

    def look(self, figures: PosteriorFigures, at_mean: float, *, ramped: bool) -> str:
        """What to tell the user: a sentence or two where the state changed, else nothing.

        Args:
            figures: of the posterior.
            at_mean: the ratio where z is the prior's mean.
            ramped: whether the KL term has its full weight; before that a posterior that does not help yet may learn.
        """
        found = self._fault(figures, at_mean, ramped=ramped)
        changed, self.collapsed = bool(found) != self.collapsed, bool(found)
        if not changed:
            return ""
        if found:
            return f"Posterior collapse: {found}. {_ADVICE}"
        return (
            f"The latent tells something of the videos again: {figures.kl:.3g} nats a clip; with it the distance is "
            f"{figures.ratio:.4f} of linear interpolation's, without {at_mean:.4f}."
        )

    @staticmethod
    def _fault(figures: PosteriorFigures, at_mean: float, *, ramped: bool) -> str:
        if figures.kl < LEAST_NATS:
            return f"the latent holds only {figures.kl:.2g} nats of a clip, less than {LEAST_NATS:g}"
        if ramped and figures.ratio >= at_mean:
            return (
                f"the latent of the video itself gives {figures.ratio:.4f} of linear interpolation's distance, no "
                f"better than the {at_mean:.4f} of the images alone"
            )
        return ""
