from pathlib import Path

from PySide6.QtCore import QByteArray

from f2v_app.settings import Settings, settings_file


def test_what_is_written_is_read_by_the_next_start(tmp_path: Path):
    settings = Settings(tmp_path / "window.ini")
    settings.write("a/list", ["x", "ü"])
    settings.set_geometry(QByteArray(b"\x00\x01"))
    settings.save()
    again = Settings(tmp_path / "window.ini")
    assert again.read("a/list", []) == ["x", "ü"]
    assert again.geometry() == QByteArray(b"\x00\x01")


def test_what_cannot_be_read_counts_as_never_written(tmp_path: Path):
    (tmp_path / "window.ini").write_text("[a]\nnumber=not json\ntext=3\n")
    settings = Settings(tmp_path / "window.ini")
    assert settings.read("a/number", 7) == 7
    assert settings.read("a/text", "x") == "x"
    assert settings.read("b", {}) == {}
    assert settings.geometry().isEmpty()


def test_tests_do_not_touch_the_users_settings(user_home: Path):
    assert settings_file().is_relative_to(user_home)
