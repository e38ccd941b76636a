"""Exported files, dropped on the Generate page, bring back what they were made with."""

from pathlib import Path

import numpy as np
import pytest

from f2v_core.config import GenerateConfig
from f2v_core.media.embedding import read_settings, settings_text
from f2v_core.media.export import export_clip
from tests.app.pages.test_generate import texts


@pytest.fixture
def exported(room, qtbot, tmp_path):
    """A file of one clip, made of a pair with settings of its own; the page has others by now."""
    panel = room.page.panel
    room.page.load_files([room.picture_file("a.png", value=1), room.picture_file("b.png", value=2)])
    qtbot.waitUntil(lambda: room.session.pair() is not None)
    panel.clip.show_config(GenerateConfig(seconds=0.5, seed=7))
    panel.generators.only(["linear"])
    with qtbot.waitSignal(room.page.generated, timeout=10_000):
        room.page.generate()
    clip = room.session.finished_clips()["linear"]
    path = tmp_path / "clip.gif"
    list(export_clip(clip.frames, len(clip), clip.fps, path, text=settings_text(room.session.made_with())))
    for slot in ("first", "last"):
        room.session.set_picture(slot, None)
    panel.clip.show_config(GenerateConfig())
    panel.generators.only(["linear", "flow", "cvae"])
    return path


def test_an_exported_file_brings_its_pair_and_settings_back(room, qtbot, exported):
    room.drop(exported)
    qtbot.waitUntil(lambda: room.session.pair() is not None)
    assert [room.session.picture(slot).name for slot in ("first", "last")] == ["a.png", "b.png"]
    assert room.page.panel.clip.config == GenerateConfig(seconds=0.5, seed=7)
    assert list(room.page.panel.generators.models()) == ["linear"]


def test_an_exported_file_whose_pictures_are_gone_says_so(room, exported):
    gone = Path(read_settings(exported)["pair"][1])
    gone.unlink()
    room.drop(exported)
    assert f"{gone} is not there any more" in texts(room)
    assert room.page.panel.clip.config.seed == 7


def test_a_file_that_does_not_know_its_pair_says_so(room, tmp_path):
    path = tmp_path / "clip.gif"
    text = settings_text({"models": ["linear"], "generate": {"seed": 3}})
    list(export_clip(np.zeros((2, 8, 8, 3), np.uint8), 2, 5, path, text=text))
    room.drop(path)
    assert "does not say where its two pictures are" in texts(room)
    assert room.page.panel.clip.config.seed == 3


@pytest.mark.parametrize("values", [{"generate": {"seed": -1}}, {"generate": []}, {"longest": "x"}])
def test_a_file_of_another_version_is_a_picture_like_any_other(room, qtbot, tmp_path, values):
    path = tmp_path / "clip.gif"
    list(export_clip(np.zeros((2, 8, 8, 3), np.uint8), 2, 5, path, text=settings_text(values)))
    room.drop(path)
    qtbot.waitUntil(lambda: room.session.picture("first") is not None)
