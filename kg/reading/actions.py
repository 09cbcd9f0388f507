"""Military, diplomatic and meeting events: predicates of actions.tsv with their arguments."""

from collections.abc import Iterator, Sequence

from kg.model import ROLES
from kg.reading.clauses import COMPLEMENTS, PRONOUN_PREPOSITIONS, RELATIVES, Analysis, Argument, Hit, light_hit, subject
from kg.reading.draft import Draft
from kg.reading.factuality import before, factuality, key_in
from kg.reading.memory import Known
from kg.reading.phrases import Phrase
from kg.reading.statements import outlet, span, trimmed
from kg.reading.words import fold

CLAUSE = 24  # words behind a predicate that may be its arguments
CORE = {
    "MilitaryAction": ("agent", "target"),
    "Meeting": ("participant",),
    "DiplomaticAction": ("agent", "target"),
    "Sanction": ("imposer", "target"),
}
JOINING = frozenset(fold(w) for w in "جمعت جمع ضمت تجمع يجمع ستجمع سيجمع شملت تشمل ضم".split())
HARD_STOPS = frozenset({".", "؛", ":", "…"})
DROPPED_ACTS = frozenset({"demand", "request"})


def actions(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The events of a sentence; `said` are its statements, which tell who vouches for what."""
    taken: set[int] = set()
    for hit in a.hits:
        if hit.sense.predicate.type == "Statement" or hit.at in taken:
            continue
        if not readable(a, hit):
            a.refuse(
                hit.at,
                hit.sense.predicate.kind,
                f"none of its words stands near: {' '.join(hit.sense.predicate.needs) or 'a verb'}",
            )
            continue
        draft = action(a, hit, number, said)
        if draft is not None:
            taken.add(hit.at)
            yield draft


def readable(a: Analysis, hit: Hit) -> bool:
    """Whether a form can be its predicate here: what it needs stands near, and a bare participle is no verb."""
    if hit.sense.form.form == "participle" or hit.sense.form.first:
        return False
    needs = tuple(name for name in hit.sense.predicate.needs if name in a.scan.lexicon.classes)
    if hit.at and a.words[hit.at - 1].key.lstrip("ولب") in {
        "قف",
        "وقف",
        "فض",
        "جريمه",
        "جرايم",
        "اسري",
        "حاله",
        "مجرم",
        "مجرمي",
    }:
        return False
    end = clause_end(a, hit)
    low = hit.at - 9 if hit.at and a.words[hit.at - 1].key in RELATIVES or subject_stands_before(a, hit) else hit.at - 2
    near = range(max(low, 0), min(end, hit.at + 9))
    return not needs or any(a.scan.has(i, name) for name in needs for i in near if i != hit.at)


def subject_stands_before(a: Analysis, hit: Hit) -> bool:
    """Whether a relative pronoun opens the clause a few words before a verb whose subject stands between them."""
    return hit.finite and any(a.words[k].key in RELATIVES for k in range(max(0, hit.at - 6), hit.at))


def clause_end(a: Analysis, hit: Hit) -> int:
    """Index behind a predicate's clause: a full stop, a complement, a comma that no insert opens, the next finite verb."""
    stop = min(len(a.words), hit.at + CLAUSE)
    inserted = False
    for i in range(hit.at + 1, stop):
        word = a.words[i]
        if word.text in HARD_STOPS or word.key in COMPLEMENTS and i > hit.at + 1:
            return i
        if word.text in {"،", ","}:
            if inserted:
                inserted = False
            elif insert_behind(a, i):
                inserted = True
            else:
                return i
        if i > hit.at + 1 and word.key in TURNS:
            return i
        if i > hit.at + 1 and any(h.at == i and h.finite for h in a.hits) and not a.scan.has(i, "light"):
            return i
    return stop


TURNS = frozenset(
    fold(w)
    for w in "ردا احتجاجا بسبب بهدف رغم إثر عقب بعدما فيما حيث لأن بذريعة بدعوى بتهمة بحجة وذلك بينها بينهم".split()
)
"""Words that open the reason, aim or occasion of an act: who stands behind them takes no part in it."""


def insert_behind(a: Analysis, comma: int) -> bool:
    """Whether a comma opens a short insert that another closes: «، الخميس،»."""
    close = next((k for k in range(comma + 1, min(comma + 9, len(a.words))) if a.words[k].text in {"،", ","}), 0)
    return bool(close) and not any(h.finite and comma < h.at < close for h in a.hits)


def action(a: Analysis, hit: Hit, number: int, said: Sequence[Draft]) -> Draft | None:
    """The event of one predicate, or None where nobody takes part or it only is demanded."""
    frame = said_in(a, hit, said)
    act = frame.kind if frame is not None else ""
    if act in DROPPED_ACTS and frame is not None and hit.at > frame.at:
        a.refuse(hit.at, hit.sense.predicate.kind, "only demanded")
        return None
    if act in {"warn", "concern"} and frame is not None and not hit.finite:
        a.refuse(hit.at, hit.sense.predicate.kind, "only warned of")
        return None
    value, why = factuality(a, hit, act if hit.sense.predicate.type != "Meeting" else "")
    predicate = hit.sense.predicate
    end = trimmed(a, hit.at, clause_end(a, hit))
    draft = Draft(
        predicate.type,
        predicate.kind,
        f"{predicate.type.lower()}_{hit.sense.form.form}_{why}",
        number,
        hit.at,
        [span(a, hit.at, end)],
        factuality=value,
        lemma=predicate.lemma,
    )
    if draft.kind == "recognition" and value == "denied":
        draft.kind, draft.factuality = "non_recognition", "actual"
    for role, known, phrase in arguments(a, hit, end, frame):
        if (
            predicate.kind == "war"
            and role == "agent"
            and phrase is not None
            and phrase.start == hit.at + 1
            and not against(a, phrase, end)
        ):
            role = "place"
        if (
            role == "target"
            and draft.ids("target")
            and phrase is not None
            and phrase.preposition in {"في", "من", "لدي"}
        ):
            continue
        place_or_actor(a, draft, role, known, phrase, hit)
    if not complete(a, draft):
        a.refuse(hit.at, predicate.kind, "too few of those who take part are named")
        return None
    return draft


def struck(a: Analysis, draft: Draft, known: Known, phrase: Phrase | None, word: tuple[int, int]) -> None:
    """Who strikes or invades a place acts on its state."""
    if draft.type != "MilitaryAction" or draft.kind not in {"strike", "invasion", "blockade"} or draft.ids("target"):
        return
    key = known.row.country if known.row is not None else None
    if key is None and phrase is not None:
        key = next((c for k in range(phrase.start, min(phrase.end + 2, len(a.words))) if (c := a.scan.nation(k))), None)
    if key and key in a.memory.lexicon.authorities:
        state = a.memory.of_row(key)
        if state.id not in draft.ids("agent"):
            draft.fill("target", state, phrase, word)


def against(a: Analysis, phrase: Phrase, end: int) -> bool:
    """Whether somebody is named whom a war is against: «حرب روسيا على أوكرانيا»."""
    return any(p.preposition in {"علي", "ضد", "مع"} and phrase.end <= p.start < end for p in a.phrases)


def said_in(a: Analysis, hit: Hit, said: Sequence[Draft]) -> Draft | None:
    """The statement in whose words a predicate stands."""
    return next((d for d in reversed(said) if d.at < hit.at < d.content[1]), None)


def place_or_actor(a: Analysis, draft: Draft, role: str, known: Known, phrase: Phrase | None, hit: Hit) -> None:
    """Fill a role: a place role keeps the capital, an actor's role takes its country; both only where the type fits."""
    if role not in ROLES[draft.type]:
        return
    word = (a.words[hit.at].start, a.words[hit.at].end)
    if role == "place":
        if known.type in {"Place", "Country"} and (not draft.ids("place") or listed_place(a, draft, phrase)):
            draft.fill("place", known, phrase, word)
            struck(a, draft, known, phrase, word)
        return
    acting = a.memory.acting(known)
    if (
        draft.type == "DiplomaticAction"
        and phrase is not None
        and phrase.head.split()[:1]
        and phrase.head.split()[0] in ENVOYS
        and phrase.country
    ):
        acting = a.memory.of_row(phrase.country)
        acting.forms.setdefault(phrase.surface)
    if acting.type == "Place" and role in {"agent", "participant"}:
        return
    if draft.type == "MilitaryAction" and role == "agent" and acting.type == "Person":
        acting = a.memory.country_of(acting) or acting
    if role == "target" and acting.type == "Place" and draft.type == "MilitaryAction":
        draft.fill("place", known, phrase, word)
        country = a.memory.lexicon.authorities[known.row.key].country if known.row else None
        if country is None:
            return
        acting = a.memory.of_row(country)
        acting.forms.setdefault(phrase.surface if phrase else known.name)
    draft.fill(role, acting, phrase, word)


def listed_place(a: Analysis, draft: Draft, phrase: Phrase | None) -> bool:
    """Whether a further place is listed with one that the event has already («شملت الرياض ودبي والدوحة»)."""
    ends = {f.end for f in draft.fillers if f.role == "place"}
    left = next((p for p in a.phrases if p.char_end in ends and phrase is not None and p.end <= phrase.start), None)
    return left is not None and phrase is not None and a.conjoined(left, phrase)


PLACED = frozenset({"MilitaryAction", "Meeting"})
NEAR = frozenset(fold(w) for w in "في قرب شمال جنوب شرق غرب داخل قبالة فوق عند ضمن".split())
"""Prepositions that say where, whatever the predicate."""


ENVOYS = frozenset(fold(w) for w in "سفير سفيرة قائم دبلوماسي دبلوماسيا دبلوماسيين قنصل ملحق".split())


def arguments(a: Analysis, hit: Hit, end: int, frame: Draft | None) -> Iterator[tuple[str, Known, Phrase | None]]:
    """(role, entity, phrase) of a predicate's arguments."""
    roles = hit.sense.predicate.roles
    used: set[int] = set()
    doer = subject(a, hit) if hit.finite else noun_subject(a, hit, frame)
    by = next((p for p in a.phrases if hit.at < p.start < end and p.preposition == "من قبل"), None)
    kind = "obj" if a.words[hit.at].passive or by is not None and hit.finite else "subj"
    if by is not None and "subj" in roles:
        used.add(by.start)
        for known in a.refer(by):
            yield roles["subj"], known, by
    if kind in roles or not hit.finite:
        role = roles.get(kind) or roles.get("subj") or roles.get("gen") or roles.get("بين", "")
        if doer.how == "genitive" and "gen" in roles:
            role = (
                roles["gen"]
                if not doubled(a, doer.phrases[-1], end) or "obj" not in roles
                else roles.get("subj", roles["gen"])
            )
        for n, known in enumerate(doer.fillers):
            phrase = doer.phrases[min(n, len(doer.phrases) - 1)] if doer.phrases else None
            yield role, known, phrase
        used |= {p.start for p in doer.phrases}
        a.doers[hit.at] = doer
        if doer.how == "genitive" and role in {"target", "place"} and "subj" in roles:
            for known in doing(a, hit, frame).fillers:
                yield roles["subj"], known, None
    yield from joined(a, hit, used)
    if (
        not hit.finite
        and hit.sense.form.pronoun
        and roles.get("gen") == "target"
        and (whom := pronoun_object(a, hit)) is not None
    ):
        yield "target", whom, None
    yield from antecedent(a, hit)
    acted_on = (
        (roles.get("gen") in {"target", "place"} or roles.get("علي") == "target")
        if not hit.finite
        else roles.get("obj") == "target"
    )
    if acted_on and (found := object_nation(a, hit, end, used)):
        yield found
    for phrase in a.phrases:
        if not hit.at < phrase.start < end or phrase.start in used:
            continue
        name = phrase.preposition or "obj"
        if name == "obj" and not objective(a, hit, phrase, used):
            continue
        role = roles.get(name) or ("place" if name in NEAR and hit.sense.predicate.type in PLACED else None)
        if role:
            for known in a.refer(phrase):
                yield role, known, phrase
            used.add(phrase.start)


def joined(a: Analysis, hit: Hit, used: set[int]) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«محادثات جمعت X بY», «جولة شملت الرياض ودبي»: all that a verb of joining names."""
    verb = next((i for i in range(hit.at + 1, min(hit.at + 4, len(a.words))) if a.words[i].key in JOINING), None)
    if verb is None or hit.sense.predicate.type != "Meeting":
        return
    role = "place" if hit.sense.predicate.kind == "visit" else "participant"
    first = next((p for p in a.phrases if p.start > verb), None)
    chain = [p for p in a.phrases if first is not None and p.start >= first.start and p.start - verb < 30]
    for n, phrase in enumerate(chain):
        if n and not (a.conjoined(chain[n - 1], phrase) or phrase.preposition in {"ب", "مع"}):
            break
        used.add(phrase.start)
        for known in a.refer(phrase):
            yield role, known, phrase


def antecedent(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«غوايدو الذي تعترف به واشنطن»: the noun that a relative clause takes up with a pronoun."""
    pronoun = hit.sense.form.pronoun or hit.at + 1 < len(a.words) and a.words[hit.at + 1].key in PRONOUN_PREPOSITIONS
    if not hit.finite or not pronoun or hit.at == 0:
        return
    opener = next((i for i in range(hit.at - 1, max(hit.at - 7, -1), -1) if a.words[i].key in RELATIVES), None)
    if opener is None or any(
        i not in a.covered and a.words[i].key not in {"كانت", "كان", "قد"} for i in range(opener + 1, hit.at)
    ):
        return
    role = hit.sense.predicate.roles.get("obj") or hit.sense.predicate.roles.get("ب")
    phrase = next((p for p in reversed(a.phrases) if p.end <= opener and opener - p.end < 5), None)
    if role and phrase is not None:
        for known in a.refer(phrase):
            yield role, known, phrase


def object_nation(a: Analysis, hit: Hit, end: int, used: set[int]) -> tuple[str, Known, Phrase | None] | None:
    """«طرد 5 دبلوماسيين برتغاليين», «احتجاز ناقلة بريطانية»: the country of the adjective of what is acted on."""
    if any(hit.at < p.start < hit.at + 8 and p.start not in used and not p.preposition for p in a.phrases):
        return None
    for i in range(hit.at + 2, min(hit.at + 7, end)):
        if (
            a.words[i].text in {"،", ","}
            or a.scan.is_particle(i)
            and hit.sense.predicate.roles.get(a.words[i].key) != "target"
        ):
            return None
        if i in a.covered or a.scan.is_particle(i) or not a.words[i].is_word:
            continue
        country = a.scan.nation(i)
        if country is not None:
            known = a.memory.of_row(country)
            word = a.words[i]
            known.forms.setdefault(word.text)
            known.spans.append((word.start, word.end))
            return "target", known, Phrase(i, i + 1, "nation", word.start, word.end, word.text, country=country)
    return None


def doubled(a: Analysis, phrase: Phrase, end: int) -> bool:
    """Whether another free phrase follows at once: «ضم روسيا شبه جزيرة القرم», «احتجاز الولايات المتحدة لناقلة»."""
    following = a.starts.get(phrase.end)
    free = following is not None and not following.preposition and following.start < end
    return free or phrase.end < end and a.words[phrase.end].key[:1] == "ل" and len(a.words[phrase.end].key) > 3


def objective(a: Analysis, hit: Hit, phrase: Phrase, used: set[int]) -> bool:
    """Whether a free phrase can be the object: near its predicate or listed with one taken, no verb between."""
    between = range(hit.at + 1, phrase.start)
    commas = [k for k in between if k not in a.covered and a.words[k].text in {"،", ","}]
    if hit.sense.predicate.type == "Meeting" and len(commas) == 2 and commas[1] == phrase.start - 1:
        return not any(a.words[k].key in COMPLEMENTS for k in between)  # an insert in commas before the object
    if phrase.kind == "counterpart" or phrase.head == "نظير":
        return True
    return not any(
        a.words[k].text in {"،", ","} or a.words[k].key in COMPLEMENTS for k in between if k not in a.covered
    ) or any(a.starts[s].end <= phrase.start and a.conjoined(a.starts[s], phrase) for s in used)


def noun_subject(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who does an action noun: its genitive, its adjective's country, its pronoun, the subject of the verb that carries it."""
    phrase = a.starts.get(hit.at + 1)
    if hit.sense.form.pronoun and hit.sense.predicate.roles.get("gen") == "target":
        return carrier_subject(a, hit) or speaking_state(a, frame)
    if hit.sense.form.pronoun:
        return possessor(a, hit) or accused(a, hit, frame)
    if phrase is not None and not phrase.preposition and not phrase.conjunction:
        return a.argument(a.group(phrase), "genitive")
    adjective = adjective_country(a, hit)
    if adjective is not None:
        return adjective
    if hit.split.conjunction and hit.split.preposition:
        earlier = next(
            (
                at
                for at in sorted(a.doers, reverse=True)
                if at < hit.at and a.words[at].key[:1] == hit.split.preposition
            ),
            None,
        )
        if earlier is not None and a.doers[earlier]:
            return Argument((), a.doers[earlier].fillers, "coordinated")
    finders = (relative_subject, carrier_subject)
    for finder in finders if not hit.split.preposition else finders[::-1]:
        if carried := finder(a, hit):
            return carried
    return accused(a, hit, frame) or his_own(a, hit, frame) or standing_before(a, hit)


KILLED = frozenset(
    fold(w) for w in "قتل قتلت قتلوا أصيب أصيبت أصيبوا استشهد استشهدت لقي مصرع مقتل وقتل وأصيب جرح".split()
)


def his_own(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """«قال إنه ألغى ضربات»: what a speaker says of himself is his state's doing."""
    said = frame is not None and any(w.key in {"انه", "انها", "بانه", "بانها"} for w in a.words[frame.at : hit.at])
    return speaking_state(a, frame) if said else Argument((), (), "none")


def speaking_state(a: Analysis, frame: Draft | None) -> Argument:
    """The state of the one who promises, announces or weighs an act."""
    if frame is None or frame.kind not in {"promise", "announce", "threaten", "assert", "propose"}:
        return Argument((), (), "none")
    speakers = tuple(a.memory.get(i) for i in frame.ids("speaker"))
    return Argument((), tuple(a.memory.country_of(k) or k for k in speakers), "frame")


def pronoun_object(a: Analysis, hit: Hit) -> Known | None:
    """Whom the pronoun of «تزويدها» means: the state or force of its gender named last before."""
    gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    here = a.words[hit.at].start
    for known in reversed(a.memory.recent):
        acting = a.memory.acting(known)
        wanted = {"Person"} if hit.sense.predicate.lemma == "اغتال" else {"Country", "Organization"}
        if (
            acting.type in wanted
            and not outlet(acting)
            and a.memory.gender_of(acting) in {gender, ""}
            and any(s < here for s, _ in known.spans)
        ):
            return acting
    return None


def possessor(a: Analysis, hit: Hit) -> Argument | None:
    """Whom the pronoun of an action noun means: the last subject of its gender, or a person the sentence named before."""
    gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    carried = carrier_subject(a, hit)
    if carried:
        return carried
    start = a.words[0].start
    known = a.memory.dropped(gender)
    if known is None or not any(s >= start for s, _ in known.spans):
        persons = [k for p in a.phrases if p.end <= hit.at and p.kind == "person" for k in a.refer(p)]
        known = next((k for k in reversed(persons) if a.memory.gender_of(k) in {gender, ""}), known)
    return Argument((), (known,), "pronoun") if known is not None else None


def standing_before(a: Analysis, hit: Hit) -> Argument:
    """«ردت ألمانيا وفرنسا بطرد»: who stands free before a noun with «ب» in its clause does it."""
    nobody = Argument((), (), "none")
    carried = any(key_in(a, i, "commit") for i in before(a, hit, 3))
    if (
        hit.split.preposition != "ب"
        and not carried
        or any(w.key in KILLED for w in a.words[max(0, hit.at - 10) : hit.at])
    ):
        return nobody
    stops = {".", "؛"} if carried else {"،", ",", ".", "؛"}
    stop = next((i for i in range(hit.at - 1, -1, -1) if a.words[i].text in stops or a.words[i].key in COMPLEMENTS), -1)
    free = [p for p in a.phrases if stop < p.start < hit.at and not p.preposition and p.kind != "own"]
    return a.argument(a.group(free[0]), "before") if free else nobody


def doing(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who does an act whose genitive is its target: «قصف أوديسا», «بتزويد موسكو»."""
    return carrier_subject(a, hit) or accused(a, hit, frame) or standing_before(a, hit)


def accused(a: Analysis, hit: Hit, frame: Draft | None) -> Argument:
    """Who is accused of an act is its agent; who announces, threatens or promises one does it."""
    if frame is None:
        return Argument((), (), "none")
    if hit.sense.predicate.type == "Meeting" and hit.split.article and not hit.split.preposition:
        return Argument((), (), "none")
    if hit.sense.predicate.type == "Meeting":
        return Argument((), tuple(a.memory.get(i) for i in frame.ids("speaker")), "frame")
    if hit.sense.predicate.kind not in {"war"} and any(outlet(a.memory.get(i)) for i in frame.ids("speaker")):
        return Argument((), (), "none")
    role = (
        "about"
        if frame.kind == "accuse"
        else "speaker"
        if frame.kind in {"threaten", "announce", "promise", "deny", "reject"}
        else ""
    )
    ids = frame.ids(role)[:1] if role == "about" else frame.ids(role)
    return Argument((), tuple(a.memory.get(i) for i in ids), "frame")


def adjective_country(a: Analysis, hit: Hit) -> Argument | None:
    """«الهجوم الروسي», «حشد عسكري أميركي»: the country of an adjective of the noun, other adjectives between them or none."""
    for i in range(hit.at + 1, min(hit.at + 5, len(a.words))):
        if i > hit.at + 1 and not a.words[i - 1].key.endswith(("ي", "يه", "يا", "ين", "ه", "ات")):
            return None
        phrase = a.starts.get(i)
        country = a.scan.nation(i)
        if country is not None and phrase is None:
            known = a.memory.of_row(country)
            word = a.words[i]
            known.forms.setdefault(word.text)
            known.spans.append((word.start, word.end))
            here = Phrase(i, i + 1, "nation", word.start, word.end, word.text, country=country)
            return Argument((here,), (known,), "adjective")
        if (
            phrase is not None
            or a.scan.is_particle(i)
            or not a.words[i].is_word
            or any(h.at == i and h.finite for h in a.hits)
        ):
            return None
    return None


def relative_subject(a: Analysis, hit: Hit) -> Argument | None:
    """«زيارة قام بها الرئيس», «محادثات أجرياها», «التي تستخدمها الولايات المتحدة»."""
    for h in a.hits:
        if hit.at < h.at <= hit.at + 5 and h.finite and (h.sense.form.pronoun or _has_pronoun_after(a, h.at)):
            found = subject(a, h)
            return found if found else None
    for i in range(hit.at + 1, min(hit.at + 6, len(a.words))):
        if a.scan.has(i, "light") and a.words[i].is_word:
            return light_subject(a, i, backward=False)
    return None


def _has_pronoun_after(a: Analysis, i: int) -> bool:
    return i + 1 < len(a.words) and a.words[i + 1].key in {"بها", "به", "فيها", "عليها", "عليه"}


def carrier_subject(a: Analysis, hit: Hit) -> Argument | None:
    """The subject of the light verb or verb of decision that carries the noun: «أجرى بوتين محادثات», «أمر ترمب بنشر»."""
    for i in before(a, hit, 12):
        if a.words[i].key in COMPLEMENTS:
            return None
        if key_in(a, i, "passive"):
            return None
        if key_in(a, i, "light") or key_in(a, i, "commit"):
            return light_subject(a, i, backward=True)
    return None


def light_subject(a: Analysis, i: int, *, backward: bool) -> Argument | None:
    """The subject of a light verb, read as any other finite verb."""
    hits = [h for h in a.hits if h.at == i and h.finite]
    hit = hits[0] if hits else light_hit(a, i)
    found = subject(a, hit)
    if found.how == "vague" or not found.fillers or (found.how == "dropped" and not backward):
        return None
    return found


def complete(a: Analysis, draft: Draft) -> bool:
    """Whether enough is known of who takes part: a meeting needs two or a visitor with a place, all else one core role."""
    if draft.type == "Meeting":
        people = draft.ids("participant")
        if draft.kind == "visit" and a.memory.get(people[0]).type == "Organization" if people else False:
            return False
        if draft.kind == "visit":
            return bool(people) and bool(draft.ids("place")) and a.memory.get(people[0]).type != "Country"
        return len(people) >= 2
    return any(draft.ids(role) for role in CORE[draft.type])
