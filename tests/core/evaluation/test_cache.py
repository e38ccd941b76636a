import pytest

from f2v_core.errors import DataError
from f2v_core.evaluation.cache import FigureCache, Measured, Told, cache_key
from tests.core.evaluation.made_rows import made_clip

MEASURED = Measured((made_clip(0), made_clip(1, 0.9, (1.0, 2.0))), 0.01)


def test_what_was_kept_comes_back(tmp_path):
    cache = FigureCache(tmp_path / "figures")
    assert cache.read(Measured, "a") is None
    cache.write("a", MEASURED)
    cache.write("b", Told(0.75))
    assert FigureCache(tmp_path / "figures").read(Measured, "a") == MEASURED
    assert cache.read(Told, "b") == Told(0.75)


@pytest.mark.parametrize("text", ["", "[1]", '{"auc": "high"}', "\udcff"])
def test_damage_is_told(tmp_path, text):
    (tmp_path / "a.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(DataError, match="damaged"):
        FigureCache(tmp_path).read(Told, "a")


def test_a_disk_that_refuses_is_told(tmp_path):
    (tmp_path / "figures").write_text("a file")
    with pytest.raises(DataError, match="cannot be written"):
        FigureCache(tmp_path / "figures").write("a", Told(0.5))


def test_the_users_own_cache_is_the_default(user_home):
    FigureCache().write("a", Told(0.5))
    assert (user_home / "cache" / "f2v" / "figures" / "a.json").is_file()


def test_keys_tell_all_parts_apart():
    keys = {cache_key(*parts) for parts in (("a", "b"), ("ab",), ("a", "b", 1), ("a", "b", "1"), ("b", "a"))}
    assert len(keys) == 5
