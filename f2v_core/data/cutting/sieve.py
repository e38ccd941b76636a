"""Which windows of a video become clips."""

from collections import Counter
from collections.abc import Collection

from f2v_core.config import PrepareConfig
from f2v_core.data.cutting.measures import KEEPABLE, check_keep


class Sieve:
    """Takes or drops the windows of one video by their flags.

    The rule: a flagged window is dropped unless the settings' `keep` names its flags; of those that are static and
    nothing else, the first `static_per_video` stay. The poster's recipe and scenes drop nothing.

    Attributes:
        dropped: how many windows were not taken, by the first of their flags that is not kept.
    """

    def __init__(self, config: PrepareConfig) -> None:
        everything = config.sampling == "poster" or bool(config.scenes)
        self._keep = frozenset(KEEPABLE) if everything else check_keep(config)
        self._static_left = config.static_per_video
        self.dropped: Counter[str] = Counter()

    def takes(self, flags: Collection[str]) -> bool:
        """Whether a window with these flags stays."""
        unwanted = [flag for flag in flags if flag in KEEPABLE and flag not in self._keep]
        if unwanted == ["static"] and self._static_left:
            self._static_left -= 1
            return True
        self.dropped.update(unwanted[:1])
        return not unwanted
