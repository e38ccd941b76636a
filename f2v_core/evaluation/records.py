"""What an evaluation finds, as plain values: figures with intervals, a row for each model, one for each clip."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval; both ends are the figure itself where none was worked out."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ClipFigures:
    """What is measured on one clip that one method made, in its primary draw: the one that users see first.

    A CVAE's is at the latent's mean, a CGAN's is one sample (number 0) at its default detail.

    Attributes:
        key: the clip's, see `data.records.ClipRecord`.
        l2: the poster's figure, sqrt of the sum of squares over 30x64x64x3 values in 0..1.
        ratio: `l2` over that of linear interpolation i/(T-1) on the same clip.
        psnr: in dB, over all frames but the two ends.
        ssim: mean over these frames, Wang et al. 2004 on greys.
        sharpness: energy of the grey Laplacian over the real clip's, frames 5..24.
        temporal: mean absolute change from frame to frame over the real clip's.
        endpoint: largest root mean square error of the two end frames, in 0..1.
        curve: (T,) root mean square error of each frame, in 0..1.
        mean_l2: `l2` at the latent's mean; 0 for methods without a latent.
        draws: (D,) `l2` of each of several draws; empty for methods without a latent.
        draws_mean: `l2` of the mean of these draws; 0 without.
        diversity: root mean square difference between draws, in 0..1; 0 without.
    """

    key: str
    source: str
    category: str
    l2: float
    ratio: float
    psnr: float
    ssim: float
    sharpness: float
    temporal: float
    endpoint: float
    curve: tuple[float, ...]
    mean_l2: float = 0.0
    draws: tuple[float, ...] = ()
    draws_mean: float = 0.0
    diversity: float = 0.0


@dataclass(frozen=True)
class Group:
    """The poster's table for the clips of one category, or one source.

    Attributes:
        clips: how many.
        l2, std: mean and standard deviation of their L2 distances.
        ratio: their mean L2 over linear interpolation's.
    """

    clips: int
    l2: float
    std: float
    ratio: float


@dataclass(frozen=True)
class Sampled:
    """The four numbers of a model with a latent, each a ratio of mean L2 to linear interpolation's.

    Attributes:
        at_mean: the latent at its mean.
        one: one sample, mean over the draws.
        mean_of: the mean of the draws.
        best_of: the best of the draws for each clip.
        diversity: root mean square difference between draws, in 0..1.
        draws: how many.
    """

    at_mean: Interval
    one: Interval
    mean_of: Interval
    best_of: Interval
    diversity: float
    draws: int


@dataclass(frozen=True)
class ModelRow:
    """One line of the table.

    Attributes:
        name: as the report calls it: "linear", "cvae", the name of a library model.
        title: a few words that explain it.
        overall: the poster's table over all clips.
        categories, sources: the same by category and by source video.
        ratio: mean L2 over linear interpolation's; `mean_ratio`, `median_ratio`: of the clips' own ratios.
        win_rate: share of the clips with a ratio below 1.
        auc: area under the curve of networks that tell its clips from real ones, mean over seeds with the seeds' range;
            0.5 cannot be told apart, None where it was not asked for.
        p_value: of a paired test of the clips' L2 against linear interpolation's, two-sided, by source.
        curve: (T,) mean root mean square error of each frame.
        clips: per clip, in the report's order.
        seconds: time to make one clip, in batches.
    """

    name: str
    title: str
    overall: Group
    categories: Mapping[str, Group]
    sources: Mapping[str, Group]
    ratio: Interval
    mean_ratio: Interval
    median_ratio: Interval
    win_rate: Interval
    psnr: Interval
    ssim: Interval
    sharpness: Interval
    temporal: Interval
    endpoint: float
    p_value: float
    curve: tuple[float, ...]
    clips: tuple[ClipFigures, ...]
    sampled: Sampled | None = None
    auc: Interval | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Report:
    """A whole evaluation, what `report.json` holds.

    Attributes:
        dataset: its folder's name; `digest`: its sha256; `split`, `clips`, `videos`: what was compared.
        version: of f2v; `created`: ISO date and time.
        rows: the ladder, then the models.
        sheets: contact sheets, PNG files beside the report, by what they show, such as "best of cvae".
    """

    dataset: str
    digest: str
    split: str
    clips: int
    videos: int
    version: str
    created: str
    rows: tuple[ModelRow, ...]
    sheets: Mapping[str, str] = field(default_factory=dict)

    def row(self, name: str) -> ModelRow:
        """The line of that name.

        Raises:
            KeyError: there is none.
        """
        return {row.name: row for row in self.rows}[name]
