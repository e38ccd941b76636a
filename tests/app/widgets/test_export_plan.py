from pathlib import Path

import numpy as np
import pytest

from f2v_app.widgets.export_plan import sources, suggested_path, with_ending
from f2v_core.frames import Clip


def clip(count: int = 3) -> Clip:
    return Clip(np.zeros((count, 8, 16, 3), np.uint8), 10.0)


def test_one_clip_is_offered_by_itself() -> None:
    only, sheet = sources({"CVAE": clip()})
    assert (only.name, only.count, only.fps, only.size) == ("CVAE", 3, 10.0, (16, 8))
    assert len(list(only.frames())) == 3
    assert (sheet.still, sheet.count, sheet.presets) == (True, 1, ("frame",))
    (paper,) = sheet.frames()
    assert paper.ndim == 3


def test_several_are_offered_side_by_side_first() -> None:
    grid, first, second, _sheet = sources({"Linear": clip(2), "CVAE": clip(5)})
    assert (grid.name, grid.count, grid.size) == ("comparison", 5, None)
    assert (first.name, second.name) == ("Linear", "CVAE")
    assert len(list(grid.frames())) == 5
    assert len(list(grid.frames())) == 5


def test_suggests_a_name_that_is_free(tmp_path: Path) -> None:
    source, _sheet = sources({"CVAE": clip()})
    first = suggested_path(tmp_path, "a.jpg / b", source, ".mp4")
    assert first == tmp_path / "a-jpg - b CVAE.mp4"
    first.touch()
    assert suggested_path(tmp_path, "a.jpg / b", source, ".mp4").name == "a-jpg - b CVAE 2.mp4"
    assert suggested_path(tmp_path, "a.jpg / b", source, "").name == "a-jpg - b CVAE"


@pytest.mark.parametrize(
    ("path", "ending", "then"),
    [("a.mp4", ".gif", "a.gif"), ("a.MP4", "", "a"), ("v1.5", ".mp4", "v1.5.mp4"), ("a", ".png", "a.png")],
)
def test_endings_are_exchanged(path: str, ending: str, then: str) -> None:
    assert with_ending(Path("/x") / path, ending) == Path("/x") / then
