"""run.sh and setup.sh in a made-up checkout: what they install, when, and where arguments go. Nothing is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT_DISPLAY = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
}
STUBS = """
make_venv() { mkdir -p "$venv/bin"; : >"$venv/bin/f2v"; chmod +x "$venv/bin/f2v"; }
refuse_cuda() { :; }
pip_install() { echo "pip: $*"; return "${PIP_FAILS:-0}"; }
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds only what the scripts read."""
    root = tmp_path / "my f2v"
    shutil.copytree(ROOT / "packaging", root / "packaging")
    shutil.copy(ROOT / "pyproject.toml", root)
    for name in ("first.jpg", "last.jpg"):
        (root / "resources" / "samples" / "tree").mkdir(parents=True, exist_ok=True)
        (root / "resources" / "samples" / "tree" / name).touch()
    return root


def bash(checkout: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-euo", "pipefail", "-c", f'source "packaging/setup.sh"\n{STUBS}\n{script}']
    return subprocess.run(
        command, cwd=checkout, env=WITHOUT_DISPLAY | variables, capture_output=True, text=True, check=False
    )


def installed(done: subprocess.CompletedProcess[str]) -> int:
    return done.stdout.count("pip:")


def test_a_second_start_installs_nothing(checkout: Path):
    first = bash(checkout, 'set_up ""; set_up ""')
    assert (first.returncode, installed(first)) == (0, 1)
    assert f"--editable {checkout}" in first.stdout
    assert installed(bash(checkout, 'set_up ""')) == 0


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/constraints.txt", "packaging/setup.sh"])
def test_a_change_of_what_it_is_made_from_installs_again(checkout: Path, changed: str):
    bash(checkout, 'set_up ""')
    with (checkout / changed).open("a") as file:
        file.write("\n# changed\n")
    assert installed(bash(checkout, 'set_up ""')) == 1


def test_a_failed_installation_is_repeated(checkout: Path):
    failed = bash(checkout, 'set_up ""', PIP_FAILS="1")
    assert failed.returncode == 1
    assert "installation failed" in failed.stderr
    assert installed(bash(checkout, 'set_up ""')) == 1


def test_the_environment_of_the_tests_also_serves_the_program(checkout: Path):
    bash(checkout, 'set_up "$all_extras"')
    assert installed(bash(checkout, 'set_up ""')) == 0


def test_the_environment_of_the_program_is_too_little_for_the_tests(checkout: Path):
    bash(checkout, 'set_up ""')
    again = bash(checkout, 'set_up "$all_extras"')
    assert "[cluster,dev,heif,tensorboard]" in again.stdout


def test_an_environment_made_elsewhere_is_not_built_upon(checkout: Path):
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "pyvenv.cfg").write_text("command = python3 -m venv /somewhere/else/.venv\n")
    assert bash(checkout, "is_usable").returncode == 1


def test_without_rights_the_exact_line_is_printed(checkout: Path):
    done = bash(checkout, "as_root() { return 1; }; system_packages 'small things' one two")
    assert done.returncode == 1
    assert "missing: small things" in done.stderr
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends one two\n" in done.stderr


def test_python_that_is_too_old_is_not_taken(checkout: Path):
    old = checkout / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = bash(checkout, "PATH=$root; find_python || echo none")
    assert done.stdout == "none\n"


@pytest.mark.parametrize(("offered", "code"), [("nvidia-cublas", 1), ("sympy", 0)])
def test_the_cuda_build_is_refused_unless_asked_for(checkout: Path, offered: str, code: int):
    offer = f'{{"metadata": {{"name": "{offered}"}}}}'
    script = f"""
    unset -f refuse_cuda; source packaging/setup.sh
    pip_install() {{ echo '{offer}' >"$venv/plan.json"; }}
    mkdir -p "$venv"; refuse_cuda"""
    assert bash(checkout, script).returncode == code
    assert bash(checkout, script, F2V_TORCH="any").returncode == 0


@pytest.fixture
def ready(checkout: Path) -> Path:
    """A checkout whose environment counts as whole and whose programs say how they were called."""
    bash(checkout, 'set_up ""')
    for name in ("f2v", "python"):
        program = checkout / ".venv" / "bin" / name
        program.write_text(f'#!/bin/sh\necho "{name}: $*"\n')
        program.chmod(0o755)
    (checkout / ".venv" / ".qt-libraries").touch()
    return checkout


def started(ready: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = ["bash", str(ready / "packaging" / "run.sh"), *words]
    return subprocess.run(
        command,
        cwd=ready.parent,
        env=WITHOUT_DISPLAY | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("words", [("generate", "a.jpg", "b.jpg"), ("--help",), ("nonsense",)])
def test_a_word_that_is_no_file_goes_to_the_command_line(ready: Path, words: tuple[str, ...]):
    assert started(ready, *words, DISPLAY="far.away:0").stdout == f"f2v: {' '.join(words)}\n"


@pytest.mark.parametrize("words", [(), ("a.jpg", "b.jpg"), ("dir/nothing",)])
def test_images_go_to_the_window(ready: Path, words: tuple[str, ...]):
    done = started(ready, *words, DISPLAY="far.away:0")
    assert done.stdout.split() == ["python:", "-m", "f2v_app", *words]


@pytest.mark.parametrize("variables", [{}, {"DISPLAY": ":987654"}, {"WAYLAND_DISPLAY": "wayland-987654"}])
def test_without_a_display_the_sample_pair_is_compared_in_a_file(ready: Path, variables: dict[str, str]):
    done = started(ready, **variables)
    samples, out = ready / "resources" / "samples" / "tree", ready / "out" / "comparison.mp4"
    assert done.stdout.startswith(f"f2v: compare {samples}/first.jpg {samples}/last.jpg -o {out} ")
    assert "no display" in done.stderr
    assert str(out) in done.stderr.splitlines()[-1]


def test_without_a_display_two_images_are_compared(ready: Path):
    assert started(ready, "a.jpg", "b.jpg").stdout.startswith("f2v: compare a.jpg b.jpg -o ")


def test_missing_libraries_stop_the_window_with_a_remedy(ready: Path):
    (ready / ".venv" / ".qt-libraries").unlink()
    with (ready / "packaging" / "setup.sh").open("a") as file:
        file.write("\nqt_libraries() { return 1; }\n")
    bash(ready, 'set_up ""')
    done = started(ready, DISPLAY="far.away:0")
    assert done.returncode == 1
    assert "the command line works" in done.stderr
