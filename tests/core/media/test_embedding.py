"""Settings travel inside every kind of file, and change nothing that others read of it."""

import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

from f2v_core.config import ExportConfig
from f2v_core.errors import DataError
from f2v_core.media.embedding import read_settings, settings_text
from f2v_core.media.export import export_clip
from f2v_core.media.presets import PRESETS

VALUES = {"pair": ["/a/ä <1>.jpg", "/b/&amp;.png"], "models": ["cvae"], "long": "x" * 700}


def written(folder, preset, frames, text=""):
    path = folder / f"clip{PRESETS[preset].ending}"
    list(export_clip(frames, len(frames), 10, path, preset=preset, text=text, force=True))
    return path


@pytest.mark.parametrize("preset", PRESETS)
def test_settings_come_back_and_the_pixels_stay(tmp_path, moving_square, preset):
    frames = moving_square(4, (48, 32))
    path = written(tmp_path, preset, frames, settings_text(VALUES))
    settings = read_settings(path)
    assert settings is not None
    assert {name: settings[name] for name in VALUES} == VALUES
    assert settings["f2v"]
    if path.suffix in {".png", ".gif", ".webp"}:
        with Image.open(path) as picture:
            assert getattr(picture, "n_frames", 1) == (1 if preset == "frame" else 4)
            for index in range(getattr(picture, "n_frames", 1)):
                picture.seek(index)
                assert np.abs(np.array(picture.convert("RGB")).astype(int) - frames[index]).mean() < 4
    assert read_settings(written(tmp_path, preset, frames)) is None


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not on this machine")
@pytest.mark.parametrize("preset", [name for name, each in PRESETS.items() if each.ending and name != "webp"])
def test_ffprobe_opens_what_is_written(tmp_path, moving_square, preset):
    path = written(tmp_path, preset, moving_square(4, (48, 32)), settings_text(VALUES))
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"nb_read_frames={1 if preset == 'frame' else 4}" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(("preset", "shown"), [("gif", [2, 0]), ("webp", [3, 0]), ("apng", [3, 0])])
def test_pictures_say_how_often_they_play(tmp_path, moving_square, preset, shown):
    """A GIF says how often it repeats, the others how often they play."""
    found = []
    for plays in (3, 0):
        path = tmp_path / f"{plays}{PRESETS[preset].ending}"
        list(export_clip(moving_square(3), 3, 10, path, preset=preset, config=ExportConfig(plays=plays)))
        with Image.open(path) as picture:
            found.append(picture.info["loop"])
    assert found == shown


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a\x01\0\x01\0\0\0\0\x3b", b"RIFF\x04\0\0\0WEBP", b"\x89PNG\r\n\x1a\n", b"hello"]
)
def test_files_of_others_say_nothing(tmp_path, data):
    for ending in (".gif", ".png", ".mp4"):
        path = tmp_path / f"other{ending}"
        path.write_bytes(data)
        assert read_settings(path) is None
    assert read_settings(tmp_path) is None


def test_other_comments_are_not_ours(tmp_path, moving_square):
    for text in ("made by hand", "[1, 2]", '{"a": 1}'):
        assert read_settings(written(tmp_path, "mp4", moving_square(3), text)) is None


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_settings(tmp_path / "none.gif")
