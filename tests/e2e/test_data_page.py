"""From nothing to a dataset to train on, through the real window: make scenes, cancel, continue, look, train."""

from pathlib import Path

import numpy as np
import pytest

from f2v_core.data.dataset import open_dataset
from f2v_core.media.images import write_png
from tests.e2e.screen import SLOW_S, App, Screen, missing_tools, wait_for

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(missing_tools()), reason=f"not on this machine: {', '.join(missing_tools())}"),
]
MANY = 40


@pytest.fixture
def app(desk: Screen, tmp_path: Path) -> App:
    """The Data page, in an app that has nothing else to do."""
    paths = [tmp_path / "first.png", tmp_path / "last.png"]
    for path in paths:
        write_png(path, np.zeros((16, 16, 3), np.uint8))
    made = App(desk, *map(str, paths))
    made.see("Last image", "ImageWell", SLOW_S, description=paths[1].name)
    made.click("Data", "RadioButton")
    return made


def says(app: App, words: str, seconds: float = SLOW_S) -> str:
    """Wait until the state has these words."""

    def look() -> str | None:
        text = str(app.see("State", "QLabel")["text"])
        return text if words in text else None

    return wait_for(look, words, seconds)


def test_scenes_are_made_cancelled_continued_seen_and_trained_on(desk: Screen, app: App, user_home: Path):
    folder = user_home / "data" / "f2v" / "datasets" / "scenes"
    app.click("Procedural scenes", "Button")
    app.click("Clips of each scene", "IntBox")
    desk.do("key", "ctrl+a", "type", "--delay", 20, str(MANY))
    desk.do("key", "Tab")
    app.click("Prepare", "Button")
    says(app, "Cutting clips")
    app.click("Cancel", "Button")
    app.see("Continue", "Button", 2.0, enabled=True)
    app.click("Continue", "Button")
    assert says(app, f"{2 * MANY} clips").startswith(f"{2 * MANY} clips, ")
    assert sum(sum(each.values()) for each in open_dataset(folder).info["clips"].values()) == 2 * MANY

    x, y = app.place("Clips", "ClipGrid", 0.1, 0.2)
    around = [(x + 12 * across, y + 12 * down) for across in (-1, 0, 1) for down in (-1, 0, 1)]
    desk.do("mousemove", x, y)
    first = [desk.pixel(*each) for each in around]
    wait_for(
        lambda: [desk.pixel(*each) for each in around] != first, "another frame of the clip under the pointer"
    )

    app.click("Train on this", "Button")
    data = app.see("Dataset or folder of videos", "QLineEdit")
    assert data["text"] == str(folder)
