"""Who takes part in a meeting and where it is, beside what prepositions add: «لقاء», «زيارة», «اتصال»."""

from collections.abc import Callable, Iterator

from kg.reading.clauses import DELEGATIONS, NOBODY, PERSONAL, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.extent import before, clause_end, key_in
from kg.reading.factuality import TO_HOLD
from kg.reading.known import Known, agrees
from kg.reading.light import finite_hits, light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import keyset

TOGETHER = keyset("بينهما جمعهما جمعتهما تجمعهما يجمعهما")
GAP = 5  # words between a meeting and the guests behind «ل»: «أول زيارة من نوعها لوزير»
NAMES = 6  # words that long names may add to that
NEAR = 14  # words between a verb and the meeting that its subject takes part in
STATED = frozenset({"after", "before", "relative"})  # how a subject is found that its clause names


def genitive(a: Analysis, hit: Hit) -> Argument:
    """«لقاء بوتين», «زيارة الرئيس»; of a visit to a place nobody is named so."""
    phrase = a.starts.get(hit.at + 1)
    if phrase is None or phrase.preposition or phrase.conjunction or hit.sense.form.pronoun or visited(a, hit, phrase):
        return NOBODY
    return a.argument(a.group(phrase), "genitive")


def guests(a: Analysis, hit: Hit) -> Argument:
    """«اجتماعا لوزراء خارجية مصر وتونس», «زيارة للرئيس الفرنسي إلى بيروت»: who stands behind «ل»."""
    phrase = next((p for p in a.phrases if hit.at < p.start <= hit.at + GAP), None)
    if phrase is None or phrase.preposition != "ل" or hit.split.article or visited(a, hit, phrase):
        return NOBODY
    gap = range(hit.at + 1, phrase.start)
    if any(not a.words[i].is_word or a.scan.is_verb(i) or a.words[i].key in {"مع", "بين", "الي"} for i in gap):
        return NOBODY
    return a.argument(a.group(phrase), "owner")


def visited(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """Whether a phrase behind a visit is where it leads: «زيارة موسكو», «زيارة لفرنسا»."""
    known = a.refer(phrase)
    if hit.sense.predicate.kind != "visit":
        return False
    return not known or (known[0].type in {"Place", "Country"} and lies(phrase))


def lies(phrase: Phrase) -> bool:
    """Whether a phrase can say where: no delegation, force or government, which only stand for a state."""
    return phrase.kind not in {"nation", "own"} or phrase.head in LANDS or phrase.surface.startswith("بلاد")


LANDS = keyset("أراضي أرض أجواء مياه حدود إقليم سواحل عاصمة دولة جمهورية مملكة قاعدة ميناء موانئ جزر صحراء") | {""}


def host_of_pronoun(a: Analysis, hit: Hit) -> Argument:
    """«عقب لقائه ماكرون، قال بوتين»: the pronoun of a meeting that opens the sentence means the subject to come."""
    gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun)
    if gender is None or not opens_sentence(a, hit):
        return NOBODY
    found = coming_subject(a, hit)
    return found if found and agrees(found.fillers[0].agreeing, gender) else NOBODY


def both(a: Analysis, hit: Hit) -> Argument:
    """«عقب مباحثاتهما», «أول لقاء بينهما», «محادثات جمعتهما»: the two last named together."""
    end = clause_end(a, hit)
    dual = hit.sense.form.pronoun == "هما" or any(a.words[i].key in TOGETHER for i in range(hit.at + 1, end))
    members = tuple(a.memory.get(ident) for ident in a.memory.pair) if dual else ()
    return Argument((), members, "pair") if members else NOBODY


def on_occasion(a: Analysis, hit: Hit) -> Argument:
    """«غادر الوفد القاهرة بعد مباحثات مع», «في اتصال مع نظيره، أكد بوتين»: who acts then takes part."""
    if hit.split.article or hit.sense.form.pronoun or not occasion(a, hit):
        return NOBODY
    if opens_sentence(a, hit):
        return coming_subject(a, hit)
    verb = next((h for h in reversed(finite_hits(a)) if h.at < hit.at), None)
    found = subject(a, verb) if verb is not None and hit.at - verb.at < NEAR + NAMES else NOBODY
    if (
        hit.sense.predicate.kind == "phone_call"
        and found.how == "after"
        and (called := told(a, hit, found)) is not None
    ):
        return a.argument((*found.phrases, called), "after")
    return found if found.how in STATED | {"dropped"} else NOBODY


def told(a: Analysis, hit: Hit, found: Argument) -> Phrase | None:
    """«أبلغ آبي ترامب في اتصال هاتفي»: who stands right behind the subject of a verb, as its object."""
    phrase = a.starts.get(found.phrases[-1].end)
    if phrase is None or phrase.preposition or phrase.end > hit.at:
        return None
    return phrase if phrase.kind in PERSONAL else None


def occasion(a: Analysis, hit: Hit) -> bool:
    """Whether a meeting is the time of something else: «بعد محادثات», «في أعقاب لقاء», «باتصال هاتفي»."""
    opening = a.scan.key(hit.at - 1).removeprefix("و")
    return (
        hit.split.preposition == "ب"
        or opening in a.classes["meanwhile"]
        or (opening in a.classes["occasion"] and a.scan.key(hit.at - 2).removeprefix("و") in {"في", "علي"})
    )


def opens_sentence(a: Analysis, hit: Hit) -> bool:
    """Whether no verb and no name stands before a meeting."""
    named = any(p.start < hit.at for p in a.phrases)
    return hit.at < 6 and not named and not any(h.at < hit.at for h in finite_hits(a))


def coming_subject(a: Analysis, hit: Hit) -> Argument:
    """The subject of the first verb behind the comma that ends what opens a sentence."""
    comma = next((i for i in range(hit.at + 1, min(hit.at + 22, len(a.words))) if a.words[i].text in {"،", ","}), None)
    verb = next((h for h in finite_hits(a) if comma is not None and comma < h.at <= comma + 12), None)
    found = subject(a, verb) if verb is not None else NOBODY
    return found if found.how in STATED else NOBODY


def attended(a: Analysis, draft: Draft) -> bool:
    """Whether a meeting is told of well enough: two who meet, a visitor with a place abroad, a body in session."""
    people = [a.memory.get(ident) for ident in draft.ids("participant")]
    if not people:
        return False
    if draft.lemma == "استضاف" and any(known.type != "Person" for known in people):
        return False  # «استضافت الدوحة محادثات»
    if draft.kind == "visit" and len(people) > 1 and all(known.type == "Person" for known in people):
        return True
    if draft.kind == "visit":
        return (
            bool(draft.ids("place")) and not homeward(a, draft) and (people[0].type == "Person" or delegated(a, draft))
        )
    sides = {*draft.ids("participant")} - {state.id for known in people[:1] if (state := a.memory.country_of(known))}
    return len(sides | {people[0].id}) >= 2 or in_session(a, draft, people[0])


def homeward(a: Analysis, draft: Draft) -> bool:
    """«سيسافر السفير إلى بلاده»: whether the only place of a visit is the visitor's own state."""
    state = a.memory.country_of(a.memory.get(draft.ids("participant")[0]))
    return state is not None and draft.ids("place") == (state.id,)


def in_session(a: Analysis, draft: Draft, body: Known) -> bool:
    """«عقد مجلس الأمن جلسة طارئة», «قمة الناتو في وارسو»: a body of states that meets."""
    igo = body.row is not None and body.row.extra.get("kind") == "igo"
    return igo and any(key_in(a, i, "holding") for i in range(max(0, draft.at - 12), draft.at))


def delegated(a: Analysis, draft: Draft) -> bool:
    """«زار وفد من حماس القاهرة»: whether a state or organisation travels in the person of its envoys."""
    near = range(max(0, draft.at - NEAR), min(len(a.words), draft.at + NEAR))
    return any(a.scan.has(i, "delegation") for i in near)


def purpose(a: Analysis, hit: Hit, end: int) -> int:
    """Where those who meet end and what they meet for begins: «اجتمعوا لبحث الأزمة مع قطر»."""
    if hit.sense.predicate.type != "Meeting":
        return end
    aims = (h.at for h in a.hits if hit.at < h.at < end and h.split.preposition == "ل" and not h.finite)
    return min((at for at in aims if at not in a.covered), default=end)


def all_joined(a: Analysis, hit: Hit, used: set[int]) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«محادثات جمعت X بY», «جولة شملت الرياض ودبي»: all that a verb of joining names."""
    verb = next(
        (i for i in range(hit.at + 1, min(hit.at + 4, len(a.words))) if a.words[i].key in a.classes["joining"]), None
    )
    if verb is None or hit.sense.predicate.type != "Meeting":
        return
    role = "place" if hit.sense.predicate.kind == "visit" else "participant"
    first = next((p for p in a.phrases if p.start > verb), None)
    if first is None or first.preposition in {"في", "علي"} or a.scan.key(verb + 1) in TOGETHER:
        return  # «التي جمعت بينهما في الرباط»
    chain = [p for p in a.phrases if p.start >= first.start and p.start - verb < 30]
    for n, phrase in enumerate(chain):
        if n and not (a.conjoined(chain[n - 1], phrase) or phrase.preposition in {"ب", "مع"}):
            break
        used.add(phrase.start)
        for known in a.refer(phrase):
            yield role, known, phrase


def traveller(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«توجه إلى طهران للقاء نظيره»: who travels to a meeting takes part in it."""
    if hit.split.preposition == "ل" and not hit.split.article:
        yield from (("participant", known, phrase) for known, phrase in travelling(a, hit).pairs())


def travelling(a: Analysis, hit: Hit) -> Argument:
    """The subject of the travel before a meeting."""
    if hit.finite or hit.sense.predicate.type != "Meeting":
        return NOBODY
    near = (h for h in reversed(a.hits) if hit.at - NEAR < h.at < hit.at and h.finite)
    travel = next((h for h in near if h.sense.predicate.kind == "visit"), None)
    return a.doers.get(travel.at, NOBODY) if travel is not None else NOBODY


def sent_to_hold(a: Analysis, hit: Hit) -> Argument:
    """«سيزور الهند لإجراء محادثات مع مودي»: who travels to hold a meeting."""
    return travelling(a, hit) if a.scan.key(hit.at - 1) in TO_HOLD else NOBODY


def envoys(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«استقبل وفدا من الكونغرس برئاسة ميلز», «وفدا روسيا»: who leads a delegation that is met, else who sent it."""
    if not hit.finite or hit.sense.predicate.roles.get("obj") != "participant":
        return
    near = range(hit.at + 1, min(hit.at + 2 * NEAR, len(a.words)))
    noun = next((i for i in near if a.scan.key(i) in DELEGATIONS), None)
    if noun is None or any(hit.at < at < noun for at in a.finite):
        return
    led = next((i for i in range(noun + 1, min(noun + NEAR, len(a.words))) if a.scan.key(i) in LED), None)
    leader = next((p for p in a.phrases if led is not None and led < p.start <= led + 2), None)
    sender = next((p for p in a.phrases if noun < p.start <= noun + 3 and p.preposition in {"", "من"}), None)
    found = leader or sender
    if found is not None:
        yield from (("participant", a.memory.acting(known), found) for known in a.refer(found))
        return
    for i in (noun + 1, noun + 2):
        if state := a.scan.nation(i):
            yield "participant", a.mention(state, i), None
            return


LED = keyset("برئاسة بقيادة يرأسه ترأسه يقوده تقوده يترأسه")


FIRST: tuple[Callable[[Analysis, Hit], Argument], ...] = (both, host_of_pronoun, genitive, guests, sent_to_hold)
"""Who is named with the meeting itself, asked before all others."""


def hosted(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«احتضنت الدوحة اجتماعا», «عقدت في جنيف محادثات»: the place that a meeting's verb tells."""
    if hit.finite or hit.sense.predicate.type != "Meeting":
        return
    verb = next((i for i in before(a, hit, 12) if key_in(a, i, "hosting") or key_in(a, i, "light")), None)
    if verb is None or hit.sense.predicate.kind == "visit":
        return
    if key_in(a, verb, "hosting"):
        yield from (("place", known, phrase) for known, phrase in subject(a, light_hit(a, verb)).pairs())
    for phrase in a.phrases:
        if verb < phrase.start < hit.at and phrase.preposition in {"في", "ب"}:
            yield from (("place", known, phrase) for known in a.refer(phrase) if known.type == "Place")
