"""Credits from a table beside the videos."""

from pathlib import Path

from f2v_core.data.credits import read_credits


def test_a_table_above_the_folder_is_found(tmp_path: Path):
    (tmp_path / "footage.csv").write_text("file,licence,credit\ntrain/a.mp4,CC0,Ada\ntrain/c.mp4,,\n")
    folder = tmp_path / "train"
    lines = read_credits(folder, [folder / "a.mp4", folder / "b.mp4", folder / "c.mp4"])
    assert lines == ("a.mp4 | CC0 | Ada", "b.mp4", "c.mp4")


def test_without_a_table_the_names_remain(tmp_path: Path):
    assert read_credits(tmp_path, [tmp_path / "x" / "a.mp4"]) == ("x/a.mp4",)
    assert read_credits(tmp_path, [Path("/elsewhere/b.mp4")]) == ("b.mp4",)
