"""f2v doctor: a report that ends well when all is there, and names the remedy when not."""

import builtins
import ctypes
from pathlib import Path

import pytest

from f2v_core.cli import doctor
from f2v_core.cli.main import main
from f2v_core.config import TrainConfig
from f2v_core.errors import ModelError
from f2v_core.library import ModelCard
from f2v_core.media import codecs


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both embedded models are there, whatever is in the checkout."""
    cards = [
        ModelCard(name, TrainConfig(model=name), "", 0.5, folder=doctor.embedded_folder() / name)
        for name in ("cvae", "cgan")
    ]
    monkeypatch.setattr(doctor, "list_models", lambda: (cards, []))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def report() -> dict[str, list[doctor.Finding]]:
    found: dict[str, list[doctor.Finding]] = {}
    for each in doctor.findings():
        found.setdefault(each.topic, []).append(each)
    return found


def test_all_is_well_here(capsys: pytest.CaptureFixture[str]):
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "MISSING" not in said
    for word in (
        "torch 2",
        "cpu with",
        "H.264, VP9, FFV1",
        "resources:",
        "models:",
        "runs:",
        "fonts",
        "display",
    ):
        assert word in said


def test_something_missing_fails_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(doctor, "findings", lambda: iter([doctor.Finding("codecs", "none", "Install them.")]))
    assert main(["doctor"]) == 1
    assert capsys.readouterr().out == "MISSING codecs    none\n" + " " * 18 + "-> Install them.\n"


def test_a_package_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "PACKAGES", ("surely-not-installed",))
    assert report()["package"][0].remedy == doctor.REINSTALL


def test_a_torch_that_does_not_start(monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def broken(name: str, *rest: object) -> object:
        if name == "torch":
            raise OSError("libgomp.so.1: cannot open shared object file")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", broken)
    assert "libgomp" in report()["devices"][0].text


def test_devices_beyond_the_cpu(monkeypatch: pytest.MonkeyPatch):
    import torch

    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _index: "H200")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert report()["devices"][0].text.endswith("threads, cuda: H200, mps")


def test_encoders_that_are_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(codecs.ENCODERS, "H.999", "h999")
    finding = report()["codecs"][0]
    assert "H.999" in finding.text
    assert finding.remedy


def test_folders_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    assert [bool(each.remedy) for each in report()["folder"]] == [False, True, True]


def test_missing_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "resource_folder", lambda: tmp_path)
    assert report()["folder"][0].remedy == doctor.REINSTALL


def test_missing_and_damaged_models(monkeypatch: pytest.MonkeyPatch):
    problems = [ModelError("model.json is damaged."), ModelError("x is old.", "Update it.")]
    monkeypatch.setattr(doctor, "list_models", lambda: ([], problems))
    models = report()["models"]
    assert "cvae, cgan should lie in" in models[0].remedy
    assert [each.remedy for each in models[1:]] == ["Delete its folder.", "Update it."]


def test_no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doctor, "FONT_FOLDERS", (str(tmp_path),))
    assert "apt-get" in report()["fonts"][0].remedy


def test_a_display_that_qt_could_not_use(monkeypatch: pytest.MonkeyPatch):
    def load(name: str) -> None:
        if name == "libxcb-cursor.so.0":
            raise OSError(name)

    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(ctypes, "CDLL", load)
    finding = report()["display"][0]
    assert finding.text == ":7; missing libxcb-cursor.so.0"
    assert "packaging/run.sh" in finding.remedy


def test_a_display_that_works(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: None)
    assert report()["display"] == [doctor.Finding("display", ":7")]


@pytest.mark.parametrize("topic", ["fonts", "display"])
def test_other_systems_bring_fonts_and_display(monkeypatch: pytest.MonkeyPatch, topic: str):
    monkeypatch.setattr(doctor.sys, "platform", "darwin")
    assert report()[topic] == [doctor.Finding(topic, "the system's")]
