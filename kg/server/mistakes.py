"""Where a query that the engine cannot read goes wrong.

The engine names the furthest place that it looked at, which may lie some letters, and so lines, behind the mistake: it
takes as many letters as a keyword has before it compares them. A token is to blame where the query up to its end, with
nothing but space behind it, is given up before the end of that space.
"""

import re
from collections.abc import Callable

from kg.sparql import Token, position, tokens

LONGEST = 1 << 16  # letters of a query that is read again, once for each token before the place
LOOKED_AHEAD = 20  # letters; the longest keyword has 14
PLACE = re.compile(r"error at (\d+):(\d+): ", re.ASCII)

Read = Callable[[str], object]
"""Raises SyntaxError where it cannot read a query."""


def located(query: str, message: str, read: Read) -> str:
    """The engine's message, or the token to blame with its place."""
    place = PLACE.match(message)
    if not place or len(query) > LONGEST:
        return message
    lines = query.split("\n")
    offset = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2]) - 1
    for token in tokens(query):
        if offset - LOOKED_AHEAD <= token.start < offset and not _goes_on(query, token, read):
            line, column = position(query, token.start)
            return f"error at {line}:{column}: {token.text[:40]} is unexpected"
    return message


def _goes_on(query: str, token: Token, read: Read) -> bool:
    """Whether a query that begins like this one up to the end of a token can be read."""
    text = query[: token.end] + "\n" * LOOKED_AHEAD
    try:
        read(text)
    except SyntaxError as error:
        place = PLACE.match(str(error))
        end = position(text, len(text))
        return place is None or (int(place[1]), int(place[2])) >= end
    return True
