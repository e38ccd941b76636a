"""What a scan says about each file that looks like a video."""

from dataclasses import dataclass

from f2v_core.data.records import Split


@dataclass(frozen=True)
class Found:
    """A file to prepare, or a procedural scene to make.

    Attributes:
        path: below the scanned folder, with slashes; or `SCENE` + name/number.
        category: may be empty.
        split: the one its folder stands for; None: to be split by source.
        source: what it was taken from; videos of one source share a split.
        nbytes: its size; 0 for scenes.
    """

    path: str
    category: str
    split: Split | None
    source: str
    nbytes: int


@dataclass(frozen=True)
class Unusable:
    """A file or folder that gives no clips, known without opening it.

    Attributes:
        path: below the scanned folder, with slashes; what is not UTF-8 in it is escaped.
        reason: a sentence for users.
    """

    path: str
    reason: str
