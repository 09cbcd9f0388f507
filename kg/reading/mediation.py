"""Who mediates an agreement, and where it is made."""

from collections.abc import Iterable

from kg.reading.clauses import Analysis
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.scan import Phrase


def agreement_places(a: Analysis, start: int, end: int, draft: Draft) -> None:
    """Where: a place behind «في» or «ب»."""
    for phrase in a.phrases:
        if start < phrase.start < end and phrase.preposition in {"في", "ب"}:
            for known in a.refer(phrase):
                if known.type == "Place" and not draft.ids("place"):
                    draft.fill("place", known, phrase)


def mediators(a: Analysis, i: int, draft: Draft) -> None:
    """Who mediated: behind «بوساطة», «برعاية» and «توسطت فيه», as name or adjective."""
    word = next((k for k in range(i, min(i + 26, len(a.words))) if a.scan.has(k, "mediation")), None)
    if word is None:
        return
    for k in range(word + 1, min(word + 6, len(a.words))):
        phrase, nation = a.starts.get(k), a.scan.nation(k)
        if (phrase is not None and phrase.preposition == "بين") or a.words[k].text in {"،", ".", "؛"}:
            return
        if phrase is not None:
            for member in a.group(phrase):
                mediator(a, draft, a.refer(member), member)
            return
        if nation is not None:
            mediator(a, draft, (a.mention(nation, k),), None, a.words[k].span)


def mediator(
    a: Analysis, draft: Draft, members: Iterable[Known], phrase: Phrase | None, word: tuple[int, int] | None = None
) -> None:
    """Fill those of a phrase or adjective that are no parties themselves."""
    for known in members:
        acting = a.memory.acting(known)
        if acting.id not in draft.ids("party"):
            draft.fill("mediator", acting, phrase, word)
