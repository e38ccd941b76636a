import subprocess
import sys
from pathlib import Path

import pytest

from f2v_app.__main__ import main

ROOT = Path(__file__).parents[2]


def modules_after(code: str) -> set[str]:
    """The top-level packages that a fresh interpreter holds after `code`."""
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_app_never_loads_torch():
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "f2v_app").rglob("*.py")
    ]
    loaded = modules_after("\n".join(f"import {name}" for name in names))
    assert "PySide6" in loaded
    assert not loaded & {"torch", "safetensors"}


def test_a_start_loads_nothing_heavy():
    loaded = modules_after("import f2v_app.app")
    assert not loaded & {"torch", "cv2", "av", "PIL", "pyqtgraph"}


def test_the_worker_does_not_load_qt_through_main():
    assert not modules_after("import f2v_app.__main__") & {"PySide6", "torch", "numpy"}


def test_three_pictures_are_wrong_usage(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["a.png", "b.png", "c.png"])
    assert stopped.value.code == 2
    assert "two pictures" in capsys.readouterr().err


def test_pictures_are_handed_to_the_app(monkeypatch: pytest.MonkeyPatch):
    from f2v_app import app

    opened = []
    monkeypatch.setattr(app, "run", lambda paths: opened.append(paths) or 0)
    assert main(["a.png", "b.png"]) == 0
    assert main([]) == 0
    assert opened == [[Path("a.png"), Path("b.png")], []]
