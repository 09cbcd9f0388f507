"""A sentence's words made ready for the grammar: what the tables, the article so far and the name model say of each."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.reading.directory import LINKS
from kg.reading.lexicon import Lexicon
from kg.reading.name_features import given_names
from kg.reading.names import Found, Name, tagger
from kg.reading.naming import surname
from kg.reading.scan import THAT, Scan, Surnames, in_whose_name, match_name
from kg.reading.words import Word, fold, keyset, splits

SURE = 0.7  # least probability of a name that the model found
SAID = 0.35  # the same of a person right behind a verb of saying
COMMAS = frozenset("،,")
LABELS = {"Person": "PER", "Organization": "ORG", "Country": "LOC", "Place": "LOC"}


def scanned(text: str, words: Sequence[Word], lexicon: Lexicon, surnames: Surnames) -> Scan:
    """A sentence's words with the names that the model finds; without a model, with those of the tables alone."""
    scan = Scan.of(text, words, lexicon, surnames)
    model = tagger()
    found = model.found(words, flags(scan)) if model else Found((), frozenset(range(len(words))))
    scan.doubted.update(found.doubted)
    scan.tagged.update((name.first, name) for name in inset(scan))
    for name in found.names:
        if likely(scan, name):
            name = completed(scan, name)
            first = name.first + in_whose_name(scan, name.first)
            if first < name.end:
                scan.tagged[first] = name._replace(first=first)
        else:
            scan.doubted.update(range(name.first, name.end))
    scan.tagged.update((name.first, name) for name in headed(scan))
    return scan


def headed(scan: Scan) -> Iterator[Name]:
    """«بلدة خشام», «منطقة القلمون»: words behind a noun for a place that the model is not sure are no name."""
    for i in sorted(scan.doubted):
        if i in scan.tagged or not heads_place(scan.key(i - 1)) or not unheard_of(scan, i):
            continue
        end = i + 1
        while end < i + 3 and end in scan.doubted and end not in scan.tagged and unheard_of(scan, end):
            end += 1
        yield Name(i, end, "LOC", 0, SURE)


@lru_cache(maxsize=65536)
def heads_place(key: str) -> bool:
    """Whether a key is a noun before the name of a place, with no article."""
    return any(split.stem in PLACES and not split.article for split in splits(key))


def unheard_of(scan: Scan, i: int) -> bool:
    """Whether no list holds a word that bears no conjunction."""
    return scan.strange(i) and not scan.words[i].key.startswith("و")


PLACES = keyset("مدينة بلدة قرية محافظة منطقة مقاطعة إقليم ولاية جزيرة مطار ميناء مخيم حي ضاحية مديرية قضاء بلدية")


def inset(scan: Scan) -> Iterator[Name]:
    """«القنصل العام، لورانس راندولف، إن», «لحركة المشروع، محسن مرزوق،»: two or three words between commas are a name.

    Either «إن» follows, so that they name who speaks, or the first is a given name.
    """
    for end in range(3, len(scan.words) - 1):
        if scan.words[end].text not in COMMAS:
            continue
        first = next((k + 1 for k in range(end - 1, max(0, end - 5), -1) if scan.words[k].text in COMMAS), end)
        if end - first not in {2, 3} or not all(unexplained(scan, k) for k in range(first, end)):
            continue
        if scan.words[end + 1].key in THAT or given_names().get(scan.words[first].key) == "name":
            yield Name(first, end, "PER", 0, SURE)


def unexplained(scan: Scan, i: int) -> bool:
    """Whether no list holds a word, and it bears neither article nor conjunction."""
    return scan.strange(i) and not scan.words[i].key.startswith(("ال", "و"))


def completed(scan: Scan, name: Name) -> Name:
    """A person's name that the model cuts behind «بن» or «أبو», with the word that must follow."""
    cut = name.label == "PER" and scan.key(name.end - 1) in LINKS and name.end < len(scan.words)
    return name._replace(end=name.end + 1) if cut and scan.words[name.end].is_word else name


def likely(scan: Scan, name: Name) -> bool:
    """Whether the model is sure enough of a name: less so of a person behind a verb of saying or before a title."""
    if name.label == "PER" and name.end == name.first + 2 and of_state(scan, name.first):
        return False
    if scan.key(name.first) in ROOM and scan.words[name.end - 1].key == DOUBT:
        return False  # «لا يدع مجالا للشك أن»
    if name.first and scan.words[name.first].key == AIR and scan.words[name.first - 1].text == "-":
        return False  # «صواريخ أرض-جو»
    if name.confidence >= SURE:
        return True
    if name.label != "PER" or name.confidence < SAID:
        return False
    return beside_title(scan, name) or (unheard(scan, name) and scan.behind_saying(name.first))


ROOM = keyset("مجالا مجال")
DOUBT = fold("للشك")
AIR = fold("جو")


def beside_title(scan: Scan, name: Name) -> bool:
    """«خالد محفوظ بحاح نائب رئيس», «المنسقة الخاصة سيغريد كاغ»: whether two words or more stand by a title.

    Before one the first must be a given name; behind one only words of the title stand between.
    """
    if name.end == name.first + 1:
        return False
    before = scan.key(name.first) in given_names() and scan.has(name.end, "title")
    back = range(name.first - 1, max(-1, name.first - TITLE), -1)
    title = next((k for k in back if scan.has(k, "title")), None)
    between = range(title + 1, name.first) if title is not None else ()
    names = all(unexplained(scan, k) for k in range(name.first, name.end))
    return before or (title is not None and names and all(of_title(scan, k) for k in between))


def of_title(scan: Scan, i: int) -> bool:
    """Whether a word may stand between a title and its name."""
    word = scan.words[i]
    return word.is_word and (
        word.key.startswith(("ال", "لل")) or scan.has(i, "titletail") or scan.nation(i) is not None
    )


TITLE = 7  # words before a name in which its title stands


def of_state(scan: Scan, i: int) -> bool:
    """«وزير الري السوداني»: whether a definite noun and the adjective of a state stand here."""
    return scan.key(i).startswith("ال") and scan.key(i + 1).startswith("ال") and scan.nation(i + 1) is not None


def unheard(scan: Scan, name: Name) -> bool:
    """Whether no list explains the first word of a name, and it is no plural or adverb by its ending."""
    word, alone = scan.words[name.first], name.end == name.first + 1
    listed = bool(scan.entries[name.first].classes) or bool(scan.lexicon.senses_of(word))
    return not listed and not word.text.endswith(("اً", "ًا")) and not (alone and word.key.endswith(("ون", "ين")))


def flags(scan: Scan) -> list[list[str]]:
    """What the tables and the article so far say of each word, as the model wants it: B-PER, I-ORG, c1."""
    out: list[list[str]] = [[] for _ in scan.words]
    i = 0
    while i < len(scan.words):
        if not scan.entries[i].opened and not scan.may_be_surname(i):
            i += 1
            continue
        end, label, clitic = known_name(scan, i)
        for k in range(i, end):
            out[k].append(f"{'B' if k == i else 'I'}-{label}")
        out[i] += [clitic] if clitic else []
        i = max(end, i + 1)
    return out


def known_name(scan: Scan, i: int) -> tuple[int, str, str]:
    """(index behind it, label, clitics where they are sure) of the known name at word i; index 0: none."""
    named = match_name(scan, i) if scan.entries[i].opened else None
    if named is not None:
        split, end, rows = named
        return end, LABELS[scan.lexicon.authorities[rows[0]].type], f"c{len(split.conjunction + split.preposition)}"
    last = surname(scan, i) if scan.words[i].is_word else None
    return (last.end, "PER", "") if last is not None else (0, "", "")
