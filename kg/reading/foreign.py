"""Spanish, English, French and Russian sentences in an article: their names, and who is quoted where that is plain."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.authority import authorities, listed, rows
from kg.model import Sentence, Span
from kg.reading.clauses import Analysis
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.light import finite_hits, light_hit
from kg.reading.memory import Memory
from kg.reading.subjects import subject
from kg.reading.words import Word, fold, words

LANGUAGES = ("es", "en", "fr", "ru")


@cache
def names(language: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First key of a name in a language to (keys, authority key), longest first; a name of two rows is left out."""
    bearers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in authorities().values():
        keys = tuple(w.key for w in words(row.names.get(language, "")) if w.is_word or w.is_number)
        if keys:
            bearers[keys].add(row.key)
    index: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for keys, found in bearers.items():
        if len(found) == 1:
            index[keys[0]].append((keys, next(iter(found))))
    return {first: tuple(sorted(found, key=lambda n: (-len(n[0]), n[0]))) for first, found in index.items()}


@cache
def acts() -> tuple[tuple[frozenset[str], str], ...]:
    """Words of a foreign quote to the act they make."""
    return tuple((frozenset(fold(w) for w in listed(row["words"])), row["act"]) for row in rows("foreign_acts"))


def name_known(memory: Memory, sentence: Sentence) -> tuple[Known, ...]:
    """Note the names of the tables that stand in a foreign sentence, each with its capital letter."""
    if sentence.language not in LANGUAGES:
        return ()
    tokens = words(sentence.text, sentence.start)
    found = []
    i = 0
    while i < len(tokens):
        hit = match(tokens, i, names(sentence.language))
        if hit is None:
            i += 1
            continue
        end, key = hit
        start, stop = tokens[i].start, tokens[end - 1].end
        memory.touch(key, start, stop, sentence.text[start - sentence.start : stop - sentence.start])
        found.append(memory.of_row(key))
        i = end
    return tuple(found)


def match(
    tokens: Sequence[Word], i: int, index: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
) -> tuple[int, str] | None:
    """The longest name that begins at word i with a capital letter: (index behind it, authority key)."""
    if not tokens[i].text[:1].isupper():
        return None
    for keys, key in index.get(tokens[i].key, ()):
        if tuple(w.key for w in tokens[i : i + len(keys)]) == keys:
            return i + len(keys), key
    return None


def posted(a: Analysis, number: int) -> Draft | None:
    """The statement that an Arabic sentence opens for the foreign quote after it: «وكتبت السفارة على تويتر:»."""
    if not a.words or a.words[-1].text != ":":
        return None
    verbs = [h for h in finite_hits(a) if a.words[h.at].key.removeprefix("و") in a.classes["posting"]] or [
        light_hit(a, i)
        for i, w in enumerate(a.words)
        if w.key.removeprefix("و") in a.classes["posting"] and i not in a.covered
    ]
    for verb in verbs[-1:]:
        found = subject(a, verb)
        if found.fillers:
            start, end = a.words[verb.at].start, a.words[-2].end if len(a.words) > 1 else a.words[-1].end
            draft = Draft("Statement", "assert", "statement_foreign_quote", number, verb.at, [Span(start, end)])
            draft.fill_all("speaker", map(a.memory.acting, found.fillers), found.phrases, (start, a.words[verb.at].end))
            draft.content = (len(a.words), len(a.words))
            media(a, draft)
            return draft
    return None


def media(a: Analysis, draft: Draft) -> None:
    """The platform through which it was posted."""
    for phrase in a.phrases:
        for known in a.refer(phrase):
            if known.row is not None and known.row.extra.get("kind") in {"platform", "agency", "outlet"}:
                draft.fill("via", known, phrase)


def completed(memory: Memory, draft: Draft, sentence: Sentence, named: Sequence[Known]) -> Draft:
    """A posted statement with its foreign quote: evidence, act, whom it is about beside the speaker's own side."""
    own = {memory.get(ident).country for ident in draft.ids("speaker")}
    draft.evidence.append(Span(sentence.start, sentence.end))
    draft.quote = sentence.text
    draft.kind = act(sentence)
    for known in named:
        ours = known.row is not None and known.row.key in own
        if known.id not in draft.ids("speaker") and not ours and not draft.ids("about"):
            span = next((s for s in reversed(known.spans) if s[0] >= sentence.start), None)
            draft.fill("about", known, None, span)
    return draft


def act(sentence: Sentence) -> str:
    """The speech act of a foreign quote by its words."""
    found = {w.key for w in words(sentence.text)}
    return next((kind for cues, kind in acts() if cues & found), "assert")


def signatures(sentence: Sentence) -> bool:
    """Whether a foreign line is only the signature of a post («— Name (@handle) …»)."""
    return sentence.text.lstrip().startswith(("—", "–", "-", "@", "http", "pic."))


def quoted(memory: Memory, pending: Draft | None, sentence: Sentence, named: Sequence[Known]) -> Iterator[Draft]:
    """The statement that a pending frame and the foreign sentence behind it make."""
    if pending is not None and sentence.language in LANGUAGES and not signatures(sentence):
        yield completed(memory, pending, sentence, named)
