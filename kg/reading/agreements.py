"""Agreements: what was signed, agreed, proposed or left, between whom, about what, how many."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.reading.bonds import bonds
from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.extent import clause_end, span, trimmed
from kg.reading.factuality import FUTURE, NEGATED, factuality
from kg.reading.forms import Form
from kg.reading.lexicon import Lexicon, Predicate, Sense
from kg.reading.mediation import agreement_places, mediators
from kg.reading.parties import fill_party, names_both, parties
from kg.reading.partners import ACCEPTING
from kg.reading.subjects_before import RELATIVES
from kg.reading.terms import (
    STATUS_NAME,
    UNSETTLED,
    WISHED,
    agreement_count,
    agreement_state,
    agreement_subjects,
    aimed,
    in_status,
    kind_of,
    left_behind,
)
from kg.reading.words import Split, keyset, splits

AGREEMENT_NOUN = Predicate("اتفاق", "Agreement", "other", "", (), {})


def agreements(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The agreements of a sentence."""
    taken: set[int] = set()
    for i, word in enumerate(a.words) if a.scan.holds("agreement", "agreeing", "negotiating") else ():
        if i in taken or (i in a.covered and not names_agreement(a, i)) or not word.is_word:
            continue
        split = agreement_split(a, i)
        if split is None:
            continue
        draft = agreement(a, i, split, number, said)
        if draft is not None:
            taken.update(range(i, i + 5))
            yield draft
        if (
            draft is not None
            and draft.status in {"ended", "suspended"}
            and (signed := concluded(a, i, split, number)) is not None
        ):
            yield signed
        if draft is not None and draft.status == "ratified" and (signed := signed_before(a, draft)) is not None:
            yield signed
    yield from bonds(a, number)


def signed_before(a: Analysis, ratified: Draft) -> Draft | None:
    """«صادق على الاتفاقية التي وقعها الرئيسان في مايو»: the signing of what a parliament passes."""
    near = range(ratified.at + 1, min(ratified.at + SIGNED, len(a.words)))
    at = next((k for k in near if a.words[k - 1].key in RELATIVES and in_status(a, k, "signed")), None)
    if at is None:
        return None
    end = trimmed(a, at, next((k for k in range(at, len(a.words)) if a.words[k].text in {".", "؛"}), len(a.words)))
    draft = Draft(
        "Agreement", ratified.kind, "agreement_signed", ratified.sentence, at, [span(a, at, end)], status="signed"
    )
    for ident in ratified.ids("party"):
        draft.fill("party", a.memory.get(ident), None, a.words[at].span)
    return draft


SIGNED = 18  # words behind an agreement in which a relative clause tells who signed it


def concluded(a: Analysis, i: int, split: Split, number: int) -> Draft | None:
    """«انسحبت من الاتفاق المبرم مع إيران في 2015»: the conclusion of what somebody leaves."""
    at = next(
        (
            k
            for k in range(i + 1, min(i + 4, len(a.words)))
            if in_status(a, k, "signed") and a.words[k].key.startswith("الم")
        ),
        None,
    )
    if at is None:
        return None
    hit = Hit(i, split, Sense(AGREEMENT_NOUN, Form("masdar", "", "", "")))
    end = trimmed(a, at, clause_end(a, Hit(at, split, hit.sense)))
    draft = Draft(
        "Agreement", kind_of(a, i, split, end), "agreement_concluded", number, at, [span(a, i, end)], status="signed"
    )
    for phrase in a.phrases:
        if at < phrase.start < end and phrase.preposition in {"بين", "مع"}:
            fill_party(a, draft, phrase)
    return draft if draft.ids("party") else None


def names_agreement(a: Analysis, i: int) -> bool:
    """Whether the phrase over a word is no name of the tables."""
    phrase = a.covered[i]
    if (phrase.kind == "org" and not phrase.keys) or phrase.tagged != "":
        return True
    if not phrase.keys or phrase.start != i:
        return False
    behind = range(phrase.end, min(phrase.end + 8, len(a.words)))
    return any(in_status(a, k, "ended") for k in range(max(0, i - 8), i)) or any(left_behind(a, k) for k in behind)


def agreement_split(a: Analysis, i: int) -> Split | None:
    """The clitics under which word i is a noun of agreement, or «وقف إطلاق النار», or a verb of agreeing."""
    found = noun_split(a.scan.lexicon, a.words[i].key)
    if found is not None and backed(a, i, found):
        return found
    verb = verbal(a, i)
    return Split("", "", False, a.scan.key(i)) if verb else None


@lru_cache(maxsize=65536)
def noun_split(lexicon: Lexicon, key: str) -> Split | None:
    """The clitics under which a key is a noun of agreement."""
    members = lexicon.classes["agreement"]
    return next((s for s in splits(key) if s.stem in members), None)


def backed(a: Analysis, i: int, split: Split) -> bool:
    """Whether a noun that could be much else is an agreement here: a contract, a stop of fire, a joint declaration."""
    if split.stem in CONTRACTS:
        return noun_of_contract(a, i)
    if split.stem in LETTERS:
        return a.scan.key(i + 1).removeprefix("ال") == "نوايا"
    if split.stem in DECADES:
        return not decades(a, i)
    if split.stem in {"وقف", "وقفا"}:
        return not split.article and any(w.key in OF_FIRE for w in a.words[i + 1 : i + 5])
    if split.stem == "تهديه" and a.scan.key(i + 1).startswith("ال"):
        return False  # «تهدئة التوترات»
    if split.stem in UNDERSTOOD:
        return not split.article and a.scan.key(i + 1).removeprefix("ال") not in SETTLED_THINGS
    if split.stem in DECLARED:
        signed = any(in_status(a, k, "signed") for k in range(max(0, i - 9), min(i + 4, len(a.words))) if k != i)
        signed = signed and split.preposition != "ب"  # «وقع مرسوما بإعلان حالة الطوارئ»
        return signed or a.scan.key(i + 1).startswith(("مشترك", "مبادي", "المبادي"))
    if split.stem in MAPS:
        return not split.article and a.scan.key(i + 1).removeprefix("ال") not in {"العالم", "سياسيه"}
    return True


CONTRACTS = keyset("عقد")
LETTERS = keyset("خطاب خطابا")  # «خطاب نوايا»
DECADES = keyset("عقود عقودا عقدين عقدا")
SINCE = keyset("منذ خلال طوال طيلة مدى قبل بعد نحو ثلاثة أربعة خمسة ستة سبعة ثمانية عدة بضعة لعدة لبضعة")
DECLARED = keyset("إعلان إعلانا وثيقة وثائق وثيقتين ميثاق")
SETTLED_THINGS = keyset("أوضاع وضع ملف ملفات حسابات خلافات نزاعات")  # «حملتين لتسوية أوضاع المهاجرين»
UNDERSTOOD = keyset("تسوية تفاهم تفاهما تفاهمات صلح صلحا تهدئة")
MAPS = keyset("خارطة خريطة")
OF_FIRE = keyset("إطلاق لإطلاق النار القتال للقتال الأعمال للأعمال اطلاق العدائيات لاطلاق")


def decades(a: Analysis, i: int) -> bool:
    """Whether «عقود» are decades: «منذ عقود», «خمسة عقود من القتال»."""
    after = a.scan.key(i + 1)
    return after in {"من", "مضت", "خلت", "علي"} or (a.scan.key(i - 1) in SINCE and not after.startswith("ل"))


def verbal(a: Analysis, i: int) -> bool:
    """Whether word i agrees or negotiates without a noun: «اتفقا على», «تم الاتفاق على», «تتفاوض مع X على»."""
    key = a.scan.key(i).removeprefix("و")
    if key in a.classes["agreeing"]:
        return complement_of_agreeing(a, i) and not named_behind(a, i)
    return key in a.classes["negotiating"] and any(
        w.key in {"مع", "علي", "بشان", "حول"} for w in a.words[i + 1 : i + 9]
    )


def named_behind(a: Analysis, i: int) -> bool:
    """«اتفقا على هدنة»: whether a noun of agreement says on what, so that it is the agreement itself."""
    on = next((k for k in range(i + 1, min(i + 10, len(a.words))) if a.words[k].key == "علي"), len(a.words))
    near = range(on + 1, min(on + 3, len(a.words)))
    return any((s := noun_split(a.scan.lexicon, a.words[k].key)) is not None and backed(a, k, s) for k in near)


def complement_of_agreeing(a: Analysis, i: int) -> bool:
    """Whether «على» with what was agreed follows, at once or behind the commas of an insert."""
    if any(w.key in {"علي", "ان"} for w in a.words[i + 1 : i + 10]):
        return True
    return any(
        a.words[k].key == "علي" and a.words[k - 1].text in {"،", ","} for k in range(i + 10, min(i + 25, len(a.words)))
    )


BEFORE_CONTRACT = keyset("توقيع وقع بموجب ابرام على من أبرم وقعت أبرمت ألغت ألغى فسخ فسخت تجديد تمديد")
BEHIND_CONTRACT = keyset("أبرم أبرمته أبرمه أبرمها وقعته وقعه مع بين بقيمة قيمته تسليح توريد بناء شراء تزويد مدته")


LATER = keyset("لقاء لقاءات لقاءه لقاءها للمرة لأول ليس لم لن لا له لها")


def noun_of_contract(a: Analysis, i: int) -> bool:
    """Whether «عقد» is the contract and not the verb of holding a meeting or «decade»."""
    after = a.scan.key(i + 1)
    if any(
        s.predicate.type == "Meeting"
        for k in range(i + 1, min(i + 14, len(a.words)))
        if k not in a.covered
        for _, s in a.scan.lexicon.senses_of(a.words[k])
    ):
        return False
    before_key = a.scan.key(i - 1) if i else ""
    if after == "من" and not before_key:
        return False
    return (
        before_key in BEFORE_CONTRACT
        or (after[:1] == "ل" and after not in LATER and not a.words[i].key.startswith("ل"))
        or after in BEHIND_CONTRACT
        or (a.words[i].key.startswith("ال") and len(a.words[i].key) > 4)
    )


def agreement(a: Analysis, i: int, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The agreement that a noun states, or None where nobody is party to it or nothing happens to it."""
    hit = Hit(i, split, Sense(AGREEMENT_NOUN, Form("masdar", "", "", "")))
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    end = trimmed(a, i, clause_end(a, hit))
    where, status = state(a, hit)
    if where is None and frame is not None and frame.kind == "praise":
        return None  # «أشاد بالشراكة بين البلدين»
    known = real(a, hit, where, status, frame, names_both(a, hit, end))
    if known is None or (frame is not None and frame.kind in {"demand", "request"}):
        return None
    status, value, why = known
    if status in UNSETTLED and any(a.scan.key(k) in WISHED for k in (i - 1, i - 2)):
        return None  # «بحثا جهود وقف إطلاق النار»
    start = i if where is None else min(where, i)
    draft = Draft(
        "Agreement",
        kind_of(a, i, split, max(end, i + 9) if where == i else end),
        f"agreement_{why}",
        number,
        i,
        [span(a, start, max(end, i + 1))],
        factuality=value,
        status=status,
    )
    parties(a, hit, where, end, draft, frame)
    agreement_places(a, start, end, draft)
    mediators(a, i, draft)
    draft.count = agreement_count(a, i)
    draft.subjects = agreement_subjects(a, i, end)
    return draft if draft.ids("party") and acceptable(a, draft, split, where) else None


def accepted(a: Analysis, draft: Draft, where: int) -> bool:
    """«وافقت الحركة على الهدنة», «قبلت كييف الهدنة»: whether one side accepts a truce that is spoken of."""
    key = a.words[where].key.removeprefix("و")
    real = draft.factuality == "actual" and a.scan.key(where - 1) not in NEGATED
    return real and draft.kind == "ceasefire" and draft.status == "agreed" and key.startswith(ACCEPTING)


def state(a: Analysis, hit: Hit) -> tuple[int | None, str | None]:
    """(word, status) of an agreement, which a verb of agreeing or negotiating gives itself."""
    if a.scan.key(hit.at).removeprefix("و") in a.classes["negotiating"]:
        return hit.at, "negotiated"
    if verbal(a, hit.at) or settled(a, hit.at):
        return hit.at, "agreed"
    return agreement_state(a, hit)


def real(
    a: Analysis, hit: Hit, where: int | None, status: str | None, frame: Draft | None, both: bool
) -> tuple[str, str, str] | None:
    """(status, factuality, rule) of an agreement, None where it is only spoken of: what is to come is proposed."""
    if status is None and not both:
        return None
    if any(a.scan.key(k).removeprefix("و") in ABSENT for k in range(max(0, hit.at - 3), hit.at)):
        return None  # «ليس هناك اتفاقية بين بغداد وبرلين»
    if where is not None and status in MADE and a.scan.key(where - 1) in NEGATED:
        return None  # «ولم يتوصل الجانبان إلى اتفاق»
    trigger = hit if where is None else Hit(where, status_split(a, where), hit.sense)
    value, why = factuality(a, trigger, "threaten" if frame is not None and frame.kind == "threaten" else "")
    if value == "actual" and where is not None and where != hit.at and a.scan.key(where).lstrip("وف")[:2] in FUTURE:
        value, why = "planned", "planned"  # «سيوقعان اتفاقيات»
    if value in {"planned", "hypothetical"} and status in MADE:
        status = "proposed" if status != "agreed" else "negotiated"
    name = STATUS_NAME.get(status or "inforce", status or "")
    if value in UNREAL and status is not None and name in LASTING and not both:
        return None
    if value == "threatened" and name in MADE and not both:
        return None  # «استبعد موافقة بلاده على هدنة»
    if name in UNSETTLED:
        return None if value == "denied" else (name, "planned", why)
    return name, "actual" if value in {"hypothetical", "threatened", "planned"} else value, why


ABSENT = keyset("ليس ليست يوجد توجد انعدام غياب عدم")
MADE = frozenset({"signed", "agreed", "ratified"})
UNREAL = frozenset({"planned", "threatened", "hypothetical", "denied"})
LASTING = frozenset({"ended", "suspended", "failed", "in_force"})


def settled(a: Analysis, i: int) -> bool:
    """«تم الاتفاق على», «اتفاقهما على»: whether the noun itself says that somebody agreed."""
    key = a.scan.key(i)
    if not any(w.key in {"علي", "ان"} for w in a.words[i + 1 : i + 6]):
        return False
    passive = key == "الاتفاق" and any(a.scan.has(k, "passive") for k in range(max(0, i - 2), i))
    return passive or key.lstrip("بو") in a.classes["agreement_of_theirs"]


def status_split(a: Analysis, i: int) -> Split:
    """The clitics of a word of status, of which only the «ل» of an aim matters."""
    key = a.words[i].key
    return Split("", "ل" if aimed(a, i) else "", False, key)


MUTUALLY = ("اتفق", "توصل", "توافق")


def acceptable(a: Analysis, draft: Draft, split: Split, where: int | None) -> bool:
    """Whether a mention is an agreement of its own: two parties, or one with a verb that does something to it."""
    if len(draft.ids("party")) >= 2 or where is None:
        return len(draft.ids("party")) >= 2
    if draft.kind == "contract" and all(a.memory.get(ident).type == "Person" for ident in draft.ids("party")):
        return False  # «أنهت القناة عقدا مع الممثلة»
    if draft.status in {"ended", "suspended"} or accepted(a, draft, where):
        return True
    linked = {p.char_start for p in a.phrases if p.preposition in {"مع", "بين"}} & {f.start for f in draft.fillers}
    if where == draft.at and draft.status == "negotiated":
        return bool(linked)
    mutual = a.words[where].key.removeprefix("و").startswith(MUTUALLY) and not linked
    return draft.status in {"ratified", "agreed", "signed"} and not split.article and not mutual
