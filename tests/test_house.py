"""The house rules that no other tool checks: sizes, places, docstrings, and a README that tells the truth."""

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from f2v_core.cli.main import build_parser

ROOT = Path(__file__).parents[1]
TOP = {
    "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "f2v_app", "f2v_core", "resources", "tests", "packaging",
}  # fmt: skip
LONGEST = 300
PICTURES = {"cv2", "PIL", "av"}


def tracked(*patterns: str) -> list[Path]:
    """The files that git knows; all files of the house where this is no checkout."""
    done = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return [ROOT / line for line in done.stdout.splitlines() if (ROOT / line).exists()]
    folders = ("f2v_core", "f2v_app", "tests", "packaging")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


SOURCES = tracked("*.py")
CORE_AND_APP = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in {"f2v_core", "f2v_app"}]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    """The first part of every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_there_are_sources():
    assert len(CORE_AND_APP) > 20


def test_no_file_is_long():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_the_top_level_holds_only_what_it_may():
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in found if not name.startswith(".")} - TOP == set()


def test_every_module_says_what_it_is():
    silent = [
        name_of(path) for path in CORE_AND_APP if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_only_media_imports_picture_libraries():
    strangers = {
        name_of(path): sorted(PICTURES & set(imports(path)))
        for path in CORE_AND_APP
        if not name_of(path).startswith("f2v_core/media/")
    }
    assert {name: found for name, found in strangers.items() if found} == {}


def test_only_the_app_imports_qt_and_it_never_imports_torch():
    for path in CORE_AND_APP:
        found = set(imports(path))
        if name_of(path).startswith("f2v_core/"):
            assert not found & {"PySide6", "pyqtgraph", "f2v_app"}, name_of(path)
        else:
            assert not found & {"torch", "safetensors"}, name_of(path)


def test_tests_lie_where_their_modules_do():
    known = {name_of(path) for path in CORE_AND_APP} | {name_of(path.parent) for path in CORE_AND_APP}
    for path in tracked("tests/core/**/test_*.py"):
        folder = path.parent.relative_to(ROOT / "tests" / "core")
        assert str(Path("f2v_core") / folder) in known, name_of(path)


README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("f2v ")]


def test_the_readme_shows_commands():
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_is_understood(line: str):
    words = shlex.split(line, comments=True)[1:]
    assert build_parser().parse_args(words).run


def test_what_the_readme_names_exists():
    for name in re.findall(r"(?:^|[ `(])((?:packaging|resources|tests|f2v_core|f2v_app)/[\w./-]+)", README):
        assert (ROOT / name.rstrip(".")).exists(), name


def test_the_readme_names_every_package_of_the_house():
    for path in (*ROOT.glob("f2v_core/*/__init__.py"), *ROOT.glob("f2v_app/*/__init__.py")):
        assert f"{path.parent.name}/" in README, name_of(path.parent)


@pytest.mark.parametrize("script", ["packaging/run.sh", "packaging/test.sh", ".ci/run"])
def test_scripts_can_be_run(script: str):
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0


def test_ci_only_calls_the_tests():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    (command,) = [line for line in lines if line and not line.startswith("#")]
    assert command.endswith('packaging/test.sh"')


def test_every_pinned_package_is_one_that_we_ask_for():
    """Constraints for what nobody asks for would only rot."""
    pins = re.findall(
        r"^([\w-]+)==", (ROOT / "packaging" / "constraints.txt").read_text(), flags=re.MULTILINE
    )
    project = (ROOT / "pyproject.toml").read_text().lower()
    assert [name for name in pins if f'"{name.lower()}' not in project] == []
