"""The program's own code as one short text, so that kept figures never outlive the code that they follow from."""

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from typing_extensions import override

import f2v_core
from f2v_core.version import __version__

ROOT = Path(f2v_core.__file__).parents[1]
PACKAGE = f2v_core.__name__


@cache
def code_digest(module: str, root: Path = ROOT) -> str:
    """A hash of a module's code and of all of the program's code that it imports, directly or not.

    It stands in the keys of kept figures and in the fingerprints of methods. So whoever changes a formula, a network,
    or how clips are read has nothing to raise by hand, and what is newly imported counts by itself. Comments,
    docstrings and layout are of no effect. It takes in more than it had to, such as settings and messages: then
    figures are worked out once more, which costs time and nothing else. Other people's libraries do not count. Where
    there are no sources, as in a frozen program, the version of f2v stands in for them.

    Args:
        module: such as "f2v_core.evaluation.metrics".
        root: the folder that f2v_core lies in.
    """
    parts = sorted(modules_behind(module, root).items())
    return sha256(f"{__version__} {parts}".encode()).hexdigest()


def modules_behind(module: str, root: Path = ROOT) -> dict[str, str]:
    """The module and all of the program's modules that it imports, directly or not: a hash of each one's own code."""
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        path = None if name in found else _source(name, root)
        if path is not None:
            found[name], imported = _read(path)
            waiting += imported
    return found


def _source(name: str, root: Path) -> Path | None:
    """The file of a module or of a package; None for anything else, such as a function."""
    place = root.joinpath(*name.split("."))
    candidates = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in candidates if name.startswith(f"{PACKAGE}.") and path.is_file()), None)


@cache
def _read(path: Path) -> tuple[str, tuple[str, ...]]:
    """A hash of a file's code, and the names of all that it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = tuple(_imported(tree))
    return sha256(ast.dump(_Bare().visit(tree)).encode()).hexdigest(), imported


def _imported(tree: ast.Module) -> Iterator[str]:
    """All that may be a module among what is imported, inside of functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


class _Bare(ast.NodeTransformer):
    """Leaves out texts that stand alone: docstrings."""

    @override
    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node
