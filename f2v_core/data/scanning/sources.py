"""The source of a video: what must not be in two splits."""

import re
from collections.abc import Callable

from f2v_core.data.scanning import moments
from f2v_core.errors import InputError


def source_finder(pattern: str, in_names: bool) -> Callable[[str], str]:
    """A function from a video's path below the scanned folder to its source.

    Args:
        pattern: a regular expression whose first group, or whole match, in the path is the source.
        in_names: whether files are called as in Moments in Time; else only names that can be nothing else count.
            Without a pattern the id in such a name is the source. All other videos are their own.

    Raises:
        InputError: `pattern` is not a regular expression.
    """
    if not pattern:
        return lambda path: moments.source_in(path, strict=not in_names) or path
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise InputError(
            f"{pattern!r} is not a regular expression: {error}.",
            r"Write one that finds the source in a path, such as ([^/]+)_\d+\.mp4.",
        ) from error

    def find(path: str) -> str:
        match = compiled.search(path)
        return (match[1 if compiled.groups else 0] if match else None) or path

    return find
