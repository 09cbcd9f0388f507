"""How far the words of a predicate reach: its clause, its evidence, what is said and what is quoted."""

from kg.model import Span
from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit
from kg.reading.cues import content_acts
from kg.reading.scan import OPEN, Phrase

CLAUSE = 24  # words behind a predicate that may be its arguments
HARD_STOPS = frozenset({".", "؛", ":", "…"})


def clause_end(a: Analysis, hit: Hit) -> int:
    """Index behind a predicate's clause: a stop, a complement, a comma that opens no insert, the next finite verb."""
    stop = min(len(a.words), hit.at + CLAUSE)
    inserted = False
    for i in range(hit.at + 1, stop):
        word = a.words[i]
        if word.text in HARD_STOPS or (word.key in COMPLEMENTS and i > hit.at + 1 and i not in a.covered):
            return i
        if word.text in {"،", ","}:
            if i + 1 in a.circumstances:
                return i  # «، داعيا المجتمع الدولي»
            if inserted:
                inserted = insert_behind(a, i) and a.words[i + 1].key in {"في", "علي", "خلال"}
            elif insert_behind(a, i):
                inserted = True
            elif met_behind(a, hit, i) is None:
                return i
        if i > hit.at + 1 and word.key in a.classes["turn"] and not inserted:
            return i
        if i > hit.at + 1 and i in a.finite and not a.scan.has(i, "light"):
            return i
    return stop


def met_behind(a: Analysis, hit: Hit, comma: int) -> Phrase | None:
    """«التقى الأمير اليوم، وزير الخارجية», «استقبله الأمير، في قصره أمس الوزير»: who is met, behind a single comma."""
    if not hit.finite or hit.sense.predicate.type != "Meeting" or hit.sense.predicate.kind == "visit":
        return None
    phrase = next((p for p in a.phrases if p.start > comma and p.kind in {"person", "office"}), None)
    if phrase is None or phrase.preposition or phrase.conjunction or phrase.start > comma + INSERT:
        return None
    gap = range(comma + 1, phrase.start)
    if any(i in a.finite or a.words[i].text in {"،", ","} for i in gap):
        return None
    fitting = gap.start in a.timed or a.words[gap.start].key == "في" if gap else comma - 1 in a.timed
    return phrase if fitting else None


INSERT = 7  # words of time and place between a comma and who is met


def insert_behind(a: Analysis, comma: int) -> bool:
    """Whether a comma opens a short insert that another closes: «، الخميس،»."""
    close = next((k for k in range(comma + 1, min(comma + 9, len(a.words))) if a.words[k].text in {"،", ","}), 0)
    return bool(close) and not any(at in a.finite for at in range(comma + 1, close))


def trimmed(a: Analysis, start: int, end: int) -> int:
    """The end of a statement's words, trailing conjunctions and punctuation left out."""
    while end - 1 > start and (
        (not a.words[end - 1].is_word and a.words[end - 1].text not in '"»”' and not a.words[end - 1].is_number)
        or a.words[end - 1].key in a.classes["trailing"]
    ):
        end -= 1
    return end


def span(a: Analysis, start: int, end: int) -> Span:
    """The characters of words start:end."""
    return Span(a.words[start].start, a.words[max(start, end - 1)].end)


def evidence_start(hit: Hit, found: Argument) -> int:
    """Evidence begins with a subject that stands before its verb."""
    starts = [p.start for p in found.phrases if p.start < hit.at] if found.how in {"before", "relative"} else []
    return min([hit.at, *starts])


def content_start(a: Analysis, hit: Hit, stop: int) -> int:
    """The word with which what is said begins."""
    for i in range(hit.at + 1, stop):
        if (a.words[i].key in COMPLEMENTS and i not in a.covered) or a.words[i].text == ":":
            return i + 1
        if a.words[i].text in OPEN and not quotes_name(a, i):
            return i + 1
        if (a.words[i].key in content_acts() or (i not in a.covered and may_be_noun(a, i))) and not adverbial(a, i):
            return i
    return stop if stop < len(a.words) and a.words[stop].text == ":" else min(behind_speaker(a, hit), stop)


def behind_speaker(a: Analysis, hit: Hit) -> int:
    """«أعلن ترامب الأربعاء فرض»: the first word behind a verb that neither names who speaks nor tells when."""
    i = hit.at + 1
    while i < len(a.words):
        phrase = a.starts.get(i)
        if phrase is not None and not phrase.preposition and i == hit.at + 1:
            i = phrase.end
        elif i in a.timed:
            i += 1
        else:
            break
    return i


def adverbial(a: Analysis, i: int) -> bool:
    """«قال في اتصال مع», «أكد خلال لقائه»: whether a noun stands behind a preposition of time or place."""
    return i > 0 and a.words[i - 1].key in a.classes["meanwhile"] | a.classes["occasion"]


def quotation(a: Analysis, start: int, stop: int) -> str | None:
    """The first quoted words longer than a name."""
    for o, c in a.quotes:
        if start < o < stop and c - o > 3 and not (c - o < 6 and o + 1 in a.starts and a.starts[o + 1].end >= c):
            inside = a.words[o + 1 : c]
            return a.scan.text[inside[0].start : inside[-1].end] if inside else None
    return None


def quotes_name(a: Analysis, i: int) -> bool:
    """Whether a quote that opens at word i only quotes a name."""
    return any(o == i and c - o <= 4 for o, c in a.quotes) and i + 1 in a.covered


def may_be_noun(a: Analysis, i: int) -> bool:
    """Whether a word may be an action noun."""
    word = a.words[i]
    return word.key in a.classes["outcome"] or any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(word))


BACK = 7  # words before a predicate that may govern it


def before(a: Analysis, hit: Hit, reach: int = BACK) -> list[int]:
    """Indices of the words before a predicate, nearest first, up to a full stop or semicolon."""
    out = []
    for i in range(hit.at - 1, max(hit.at - 1 - reach, -1), -1):
        if a.words[i].text in {".", "؛"}:
            break
        out.append(i)
    return out


def nearest(a: Analysis, hit: Hit, reach: int, name: str) -> int | None:
    """The word nearest before a predicate that, a conjunction aside, is in a class of function words."""
    if name not in a.scan.present:
        return None
    return next((i for i in before(a, hit, reach) if key_in(a, i, name)), None)


def key_in(a: Analysis, i: int, name: str) -> bool:
    """Whether word i, a conjunction aside, is in a class of function words."""
    return name in a.scan.entries[i].plain


def keys(a: Analysis, start: int, end: int) -> list[str]:
    """Keys of words start:end, conjunctions and prepositions left on."""
    return [w.key for w in a.words[start:end]]
