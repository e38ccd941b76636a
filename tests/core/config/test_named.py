import pytest

from f2v_core.config import train_preset
from f2v_core.config.named import LENGTHS, named_preset, named_presets, nearest_preset, preset_of
from f2v_core.errors import InputError


def test_names_and_titles_are_unlike() -> None:
    for words in ("name", "title"):
        said = [getattr(each, words) for each in named_presets()]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("preset", named_presets(), ids=lambda each: each.name)
def test_a_preset_is_what_its_networks_are_trained_with(preset) -> None:
    config = preset.config()
    assert (config.model, config.architecture) == (preset.model, preset.architecture)
    cadence = {
        name: getattr(config, name) for name in ("steps", "warmup", "sample_every", "checkpoint_every")
    }
    made = train_preset(preset.model, preset.architecture, preset.scale, **cadence)
    assert config == made
    if preset.architecture != "poster" and preset.length == "standard":
        assert config == train_preset(preset.model, preset.architecture, preset.scale)


def test_the_posters_differ_in_what_they_were_trained_on() -> None:
    erupting, cgan, skiing = (
        named_preset(f"poster-{name}") for name in ("erupting", "erupting-cgan", "skiing")
    )
    assert "2000 videos" in erupting.words
    assert "1800 videos" in skiing.words
    assert "120 videos" in cgan.words
    assert erupting.config().steps / 2000 == skiing.config().steps / 1800
    assert cgan.config().steps == 1800 * 120 / (100 * 4)


def test_lengths_grow_and_a_quick_try_still_shows_samples() -> None:
    preset = named_preset("motion-cvae-s")
    configs = [preset.config(length) for length in LENGTHS]
    assert [each.steps for each in configs] == [300, 1000, 4000, 12000]
    quick = configs[0]
    assert (quick.warmup, quick.sample_every, quick.checkpoint_every) == (30, 50, 100)
    assert named_preset("quick-try").config() == quick


def test_changes_lie_on_top() -> None:
    made = named_preset("recurrent-cvae-m").config(batch=3)
    assert made == train_preset("cvae", "recurrent", "M", batch=3)
    with pytest.raises(InputError, match="batch"):
        named_preset("quick-try").config(batch=0)


def test_no_such_preset() -> None:
    with pytest.raises(InputError, match="There is no preset fast"):
        named_preset("fast")
    with pytest.raises(InputError, match="There is no fancy cvae of size S"):
        preset_of("cvae", "fancy")


def test_the_networks_own_preset_is_found() -> None:
    assert preset_of("cvae", "motion").name == "motion-cvae-s"
    assert preset_of("cgan", "recurrent", "L").name == "recurrent-cgan-l"
    assert preset_of("cgan", "poster", "M").name == "poster-erupting-cgan"


@pytest.mark.parametrize(
    ("name", "length", "changes"),
    [
        ("recurrent-cgan-m", "standard", {"steps": 77, "learning_rate": 0.005}),
        ("motion-cvae-l", "long", {"data": "videos"}),
        ("motion-cvae-s", "short", {}),
        ("poster-skiing", "standard", {}),
        ("quick-try", "quick", {"seed": 3}),
        ("motion-cvae-m", "quick", {}),
    ],
)
def test_finds_where_a_configuration_came_from(name, length, changes) -> None:
    preset, found = nearest_preset(named_preset(name).config(length, **changes))
    assert (preset.name, found) == (name, length)
