"""Results and errors on their way from a worker process."""

import pytest

from f2v_core.data.engines.answers import answer, read_answer
from f2v_core.errors import MediaError
from tests.core.data import engine_tasks


def test_a_result_comes_back():
    assert read_answer(answer(engine_tasks.double, 4)) == 8


def test_an_error_is_raised_with_where_it_came_from():
    with pytest.raises(MediaError, match="Number 3") as caught:
        read_answer(answer(engine_tasks.fail, 3))
    assert "in fail" in caught.value.__notes__[0]


def test_an_error_that_cannot_be_pickled_comes_in_words():
    with pytest.raises(RuntimeError, match="ProudError: such pride"):
        read_answer(answer(engine_tasks.fail_proudly, 3))


def test_a_result_that_cannot_be_pickled_is_an_error():
    with pytest.raises(TypeError, match="pickle"):
        read_answer(answer(engine_tasks.answer_with_a_lock, 3))
