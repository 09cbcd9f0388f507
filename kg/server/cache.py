"""Answers kept for the next caller, the least recently used going first."""

from collections import OrderedDict
from dataclasses import dataclass, field

from kg.server.outcome import Answer

Key = tuple[object, ...]
LARGEST = 8  # an answer may take this part of the cache


@dataclass(slots=True)
class Cache:
    """At most `limit` bytes of answers; a key names the version of the store, so nothing in it is ever stale."""

    limit: int
    size: int = 0
    answers: OrderedDict[Key, Answer] = field(default_factory=OrderedDict)

    def get(self, key: Key | None) -> Answer | None:
        """The answer of that key."""
        if key is None or key not in self.answers:
            return None
        self.answers.move_to_end(key)
        return self.answers[key]

    def put(self, key: Key | None, answer: Answer) -> None:
        """Keep an answer unless it is too large."""
        if key is None or key in self.answers or len(answer.body) * LARGEST > self.limit:
            return
        self.answers[key] = answer
        self.size += _cost(key, answer)
        while self.size > self.limit:
            old_key, old = self.answers.popitem(last=False)
            self.size -= _cost(old_key, old)


def _cost(key: Key, answer: Answer) -> int:
    return len(answer.body) + sum(len(part) for part in key if isinstance(part, str)) + 500
