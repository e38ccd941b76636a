"""The digest of code: what changes it, what does not, and that nothing that figures follow from is left out."""

import pytest

from f2v_core.evaluation.code_digest import code_digest, modules_behind

START = "f2v_core.area"
CODE = {
    "area": '"""Areas."""\nfrom f2v_core.numbers import pi\n\n\ndef area(r):\n    return pi * r**2\n',
    "numbers/__init__": "import math\nfrom f2v_core.numbers import known as k\n\npi = math.pi\n",
    "numbers/known": "def late():\n    import f2v_core.late\n",
    "late": "x = 1\n",
    "other": "y = 1\n",
}


@pytest.fixture
def write(tmp_path):
    """A function that writes the code with changes into a new folder, and tells its digest."""

    def written(**changes):
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, text in (CODE | {key.replace("__", "/", 1): text for key, text in changes.items()}).items():
            path = root / "f2v_core" / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return code_digest(START, root)

    return written


def test_the_same_code_has_the_same_digest_wherever_it_lies(write):
    assert write() == write()


@pytest.mark.parametrize(
    "changes",
    [
        {"area": CODE["area"].replace("**2", "**3")},
        {"numbers__known": CODE["numbers/known"] + "z = 1\n"},
        {"late": "x = 2\n"},
    ],
    ids=["the module", "imported by a package", "imported inside a function"],
)
def test_code_that_is_imported_counts(write, changes):
    assert write(**changes) != write()


@pytest.mark.parametrize(
    "changes",
    [
        {"area": CODE["area"].replace("Areas", "Surfaces").replace("return", "# why\n    return")},
        {"late": 'x = 1\n"""The first number."""\n'},
        {"other": "y = 2\n"},
    ],
    ids=["docstring and comment", "docstring of a constant", "not imported"],
)
def test_what_no_figure_follows_from_does_not_count(write, changes):
    assert write(**changes) == write()


def test_without_sources_the_version_stands_in(tmp_path):
    assert code_digest(START, tmp_path) == code_digest("f2v_core.gone", tmp_path)


@pytest.mark.parametrize(
    ("start", "behind"),
    [
        ("measuring", {"evaluation.metrics", "evaluation.structure", "evaluation.clips", "models.looks"}),
        ("realism", {"evaluation.classifier"}),
        ("learned_predictor", {"generators.learned", "models.motion", "models.networks", "frames"}),
        ("fitting", {"evaluation.simple", "evaluation.adaptive_blur", "media.blending", "data.reading"}),
        ("simple", {"media.blending", "media.warping"}),
    ],
)
def test_nothing_that_figures_follow_from_is_left_out(start, behind):
    found = set(modules_behind(f"f2v_core.evaluation.{start}"))
    assert {f"f2v_core.{name}" for name in behind} <= found
    assert not any(name.startswith(("f2v_core.training", "f2v_core.cli")) for name in found)
