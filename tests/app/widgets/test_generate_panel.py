import pytest

from f2v_app.widgets.clip_settings import ClipSettings
from f2v_app.widgets.generator_rows import KINDS, GeneratorRows, clip_title
from f2v_core.config import GenerateConfig, train_preset
from f2v_core.library import ModelCard


@pytest.fixture
def rows(qtbot) -> GeneratorRows:
    made = GeneratorRows()
    qtbot.addWidget(made)
    return made


def card(name: str, kind: str) -> ModelCard:
    return ModelCard(name, train_preset(kind, "motion"), "2026-01-01", 0.5)


def test_learned_rows_need_a_model(rows):
    assert list(rows.models()) == ["linear", "flow"]
    rows.set_cards([card("cvae", "cvae")])
    assert list(rows.models()) == ["linear", "flow", "cvae"]
    assert not rows.rows["cvae"].models.isVisibleTo(rows)


def test_a_choice_of_models_is_offered_and_kept(rows):
    rows.set_cards([card("cvae", "cvae"), card("mine", "cvae")])
    assert rows.rows["cvae"].models.isVisibleTo(rows)
    rows.rows["cvae"].choose_model("mine")
    rows.set_cards([card("cvae", "cvae"), card("another", "cvae"), card("mine", "cvae")])
    assert list(rows.models()) == ["linear", "flow", "mine"]
    state = rows.state()
    rows.rows["cvae"].choose_model("cvae")
    rows.restore({**state, "flow": False, "cgan model": "unknown"})
    assert list(rows.models()) == ["linear", "mine"]


def test_a_long_model_name_needs_no_wider_panel(rows):
    rows.set_cards([card("cvae", "cvae"), card("x", "cvae")])
    panel = rows.minimumSizeHint().width()
    rows.set_cards([card("cvae", "cvae"), card("a-model-" * 8, "cvae")])
    assert rows.minimumSizeHint().width() == panel


def test_a_model_is_chosen_by_name_in_its_own_row(rows):
    rows.set_cards([card("cvae", "cvae"), card("cgan", "cgan"), card("mine", "cgan")])
    rows.rows["cgan"].box.setChecked(False)
    rows.use("mine")
    assert list(rows.models()) == ["linear", "flow", "cvae", "mine"]


def test_titles_name_the_model_where_it_is_not_the_built_in_one():
    kind = KINDS[2]
    assert clip_title(kind, "cvae") == "CVAE"
    assert clip_title(kind, "mine") == "CVAE, mine"


def test_settings_make_a_config(qtbot):
    settings = ClipSettings()
    qtbot.addWidget(settings)
    with qtbot.waitSignal(settings.changed):
        settings._seconds.setValue(2.5)
    settings._fps.setValue(24)
    settings._seed.setValue(5)
    settings._variation.slider.setValue(20)
    settings._detail.slider.setValue(10)
    assert settings.config == GenerateConfig(seconds=2.5, fps=24.0, seed=5, variation=1.0, detail=0.5)
    assert settings._sum.text() == "60 frames"
    settings._dice.click()
    assert 0 <= settings.config.seed < 10_000
    settings.show_config(GenerateConfig())
    assert settings.config == GenerateConfig()
    settings.set_longest(12345)
    assert settings.longest == 0
