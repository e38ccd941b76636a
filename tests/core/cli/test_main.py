"""The command line's frame: exit codes, one line of error, --debug on either side, light to start."""

import os
import signal
import subprocess
import sys

import pytest

from f2v_core.cli import models
from f2v_core.cli.main import main
from f2v_core.errors import F2vError, InputError, ModelError

HEAVY = {"torch", "cv2", "PIL", "av", "rich", "PySide6", "safetensors"}


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(models, "list_models", fail)


@pytest.mark.parametrize(
    "words", [[], ["nope"], ["generate"], ["generate", "a", "b", "-o", "x", "--size", "7"]]
)
def test_wrong_usage_is_one_line_and_2(words: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main(words)
    said = capsys.readouterr()
    assert caught.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("f2v")
    assert "--help" in said.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("Wrong value.", "Give\nanother."), 2),
        (ModelError("No model.", "Train one."), 1),
        (F2vError("Anything."), 1),
        (RuntimeError("a bug"), 1),
    ],
)
@pytest.mark.parametrize(
    "words", [["models", "list"], ["--debug", "models", "list"], ["models", "list", "--debug"]]
)
def test_an_error_is_one_line_and_a_traceback_only_with_debug(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    code: int,
    words: list[str],
):
    failing(monkeypatch, error)
    assert main(words) == code
    said = capsys.readouterr().err
    if "--debug" in words:
        assert "Traceback" in said
    else:
        assert said.count("\n") == 1
        assert said.startswith("f2v: ")


def test_an_error_reads_as_message_and_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    failing(monkeypatch, InputError("Wrong value.", "Give\nanother."))
    main(["models", "list"])
    assert capsys.readouterr().err == "f2v: Wrong value. Give another.\n"


def test_a_bug_says_what_it_is_and_how_to_see_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    failing(monkeypatch, ZeroDivisionError("by zero"))
    main(["models", "list"])
    assert capsys.readouterr().err == "f2v: unexpected ZeroDivisionError: by zero (--debug shows where)\n"


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    failing(monkeypatch, KeyboardInterrupt())
    assert main(["models", "list"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_polite_kill_is_like_ctrl_c(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(models, "list_models", lambda: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert main(["models", "list"]) == 130
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_reader_that_has_enough_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "f2v_core.cli.main", "models", "list"]
    with os.fdopen(writing, "w") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")


def test_version_and_help(capsys: pytest.CaptureFixture[str]):
    for word in ("--version", "--help"):
        with pytest.raises(SystemExit) as caught:
            main([word])
        assert caught.value.code == 0
        assert "f2v" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["generate", "compare", "train", "models", "doctor"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"usage: f2v {command}" in capsys.readouterr().out


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from f2v_core.cli.main import build_parser\n"
        "build_parser().format_help()\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
