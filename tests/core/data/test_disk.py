import errno
import os
from pathlib import Path

import pytest

from f2v_core.data.disk import disk_errors
from f2v_core.errors import DataError

FOLDER = Path("somewhere/dataset")


def words_of(error: Exception) -> str:
    with pytest.raises(DataError) as caught, disk_errors(FOLDER):
        raise error
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_called_so(number):
    assert "disk is full" in words_of(OSError(number, os.strerror(number)))


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_folder_that_refuses_says_to_allow_it(number):
    assert "Allow writing" in words_of(OSError(number, os.strerror(number)))


def test_other_troubles_keep_the_systems_words():
    text = words_of(OSError(errno.EIO, "Input/output error"))
    assert "Input/output error" in text
    assert str(FOLDER) in text


def test_errors_in_words_pass_as_they_are():
    with pytest.raises(DataError, match="mine"), disk_errors(FOLDER):
        raise DataError("mine")
