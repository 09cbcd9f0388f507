"""A sentence's words made ready for the grammar: what the tables and the name model say of each."""

from kg.reading.lexicon import Lexicon
from kg.reading.names import tagger
from kg.reading.naming import surname
from kg.reading.scan import Scan, match_name
from kg.reading.words import Word

SURE = 0.7  # least probability of a name that the model found
LABELS = {"Person": "PER", "Organization": "ORG", "Country": "LOC", "Place": "LOC"}


def scanned(
    text: str, tokens: tuple[Word, ...], known: Lexicon, surnames: frozenset[tuple[str, ...]] = frozenset()
) -> Scan:
    """A sentence's words with the names that the model finds; without a model, with those of the tables alone."""
    model = tagger()
    found = model.names(tokens, flags(tokens, known, surnames)) if model else ()
    return Scan(text, tokens, known, {name.first: name for name in found if name.confidence >= SURE}, surnames)


def flags(tokens: tuple[Word, ...], known: Lexicon, surnames: frozenset[tuple[str, ...]]) -> list[list[str]]:
    """What the tables and the article so far say of each word, as the model wants it: B-PER, I-ORG, c1 for one clitic …"""
    out: list[list[str]] = [[] for _ in tokens]
    plain = Scan("", tokens, known, {}, surnames)
    i = 0
    while i < len(tokens):
        named = match_name(plain, i)
        last = surname(plain, i) if named is None and tokens[i].is_word else None
        if named is None and last is None:
            i += 1
            continue
        label = LABELS[known.authorities[named[2][0]].type] if named is not None else "PER"
        end = named[1] if named is not None else i + 1 if last is None else last.end
        for k in range(i, end):
            out[k].append(("B-" if k == i else "I-") + label)
        if named is not None:
            out[i].append(f"c{len(named[0].conjunction + named[0].preposition)}")
        i = end
    return out
