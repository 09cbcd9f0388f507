"""The reader: an article into its Reading, one sentence after the other, with what each rule found."""

from kg.model import Article, Reading
from kg.reading.actions import actions
from kg.reading.agreements import agreements
from kg.reading.clauses import Analysis
from kg.reading.draft import Draft, record
from kg.reading.lexicon import Lexicon, lexicon
from kg.reading.memory import Memory
from kg.reading.merging import merged
from kg.reading.names import tagger
from kg.reading.phrases import Scan, match_name
from kg.reading.sanctions import sanctions
from kg.reading.statements import statements
from kg.reading.times import dated, mentions_of
from kg.reading.words import Word, words
from kg.sentences import split

EVENT_RULES = (actions, agreements, sanctions)
SURE = 0.7  # least probability of a name that the model found
LABELS = {"Person": "PER", "Organization": "ORG", "Country": "LOC", "Place": "LOC"}


def read(article: Article) -> Reading:
    """What an article says."""
    sentences = split(article.text)
    memory = Memory(lexicon(), article.published)
    drafts: list[Draft] = []
    last: Draft | None = None
    anchor: str | None = None
    for number, sentence in enumerate(sentences):
        if sentence.part not in {"body", "dateline", "heading"} or sentence.language != "ar":
            continue
        scan = scanned(article.text, words(sentence.text, sentence.start), memory.lexicon, memory.surnames())
        mentions = mentions_of(sentence.text, sentence.start, article.published)
        analysis = Analysis(scan, memory, mentions)
        if sentence.part == "heading":
            continue  # headings name who the article is about; what they tell stands in the text
        said = list(statements(analysis, number, last))
        last = said[-1] if said else last
        found = [*said, *(draft for rule in EVENT_RULES for draft in rule(analysis, number, said))]
        anchor = dated(analysis, [d for d in found if d.sentence == number], mentions, article.published, anchor)
        drafts += found
    drafts = merged(drafts)
    for filler in (f for draft in drafts for f in draft.fillers):
        memory.stand_in(filler.entity, filler.start, filler.end, article.text)
    events = tuple(record(draft, f"v{k}") for k, draft in enumerate(drafts, 1))
    return Reading(article, sentences, memory.entities(), events, memory.mentions())


def scanned(
    text: str, tokens: tuple[Word, ...], known: Lexicon, surnames: frozenset[tuple[str, ...]] = frozenset()
) -> Scan:
    """A sentence's words with the names that the model finds; without a model, with those of the tables alone."""
    model = tagger()
    found = model.names(tokens, flags(tokens, known)) if model else ()
    return Scan(text, tokens, known, {name.first: name for name in found if name.confidence >= SURE}, surnames)


def flags(tokens: tuple[Word, ...], known: Lexicon) -> list[list[str]]:
    """What the tables say of each word, as the model wants it: B-PER, I-ORG …"""
    out: list[list[str]] = [[] for _ in tokens]
    plain = Scan("", tokens, known, {})
    i = 0
    while i < len(tokens):
        named = match_name(plain, i)
        if named is None:
            i += 1
            continue
        label = LABELS[known.authorities[named[2][0]].type]
        for k in range(i, named[1]):
            out[k].append(("B-" if k == i else "I-") + label)
        i = named[1]
    return out
