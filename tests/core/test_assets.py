"""The folder of what ships with f2v."""

from pathlib import Path

import pytest

from f2v_core import assets


def test_a_checkout_has_its_resources_beside_the_package():
    folder = assets.resource_folder()
    assert folder == Path(assets.__file__).parent.parent / "resources"
    assert (folder / "icons").is_dir()


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    inside = tmp_path / "f2v_core" / "resources"
    inside.mkdir(parents=True)
    monkeypatch.setattr(assets, "__file__", str(inside.parent / "assets.py"))
    assert assets.resource_folder() == inside
