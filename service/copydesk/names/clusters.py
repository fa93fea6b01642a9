"""Forms of one name brought together, and the form to keep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from copydesk.limits import heed_time
from copydesk.names.forms import Form, Use, may_be_one
from copydesk.names.fullname import joined
from copydesk.names.keys import fold, keys
from copydesk.names.lexicon import Entry, Lexicon
from copydesk.names.similarity import is_slavic, same_name, similarity
from copydesk.names.spellings import differs_in_marks, plain, sounds

_MOST_IN_BUCKET = 12  # forms of one key that are compared with each other; more is no news text
_SHORTEST_WEAK = 5
_SHORTEST_PLAIN = 5  # letters of a name that looks like no particular language
_SHORTEST_SOUND = 8  # letters of a name of any language that another grapheme for one sound does not make another
_MOST_USES = 100  # uses of a form whose given names are compared; more says nothing new
_ALIKE = 0.8  # similarity of two forms in one text from which they are one name: a vowel or two may differ
_ONE_LETTER = str.maketrans("yjwg", "iivh")
_H = re.compile("[kc]h")
_EASTERN = 3  # Slavic-looking or known forms from which a document is about Eastern Europe


@dataclass(frozen=True, slots=True)
class Variant:
    """A use of another form than the one to keep. `namesake`: its given name says that it is another person."""

    use: Use
    namesake: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """All forms of one name. `first` is where the form to keep first stands, None if the document never uses it."""

    keep: str
    first: Use | None
    forms: tuple[Form, ...]
    variants: tuple[Variant, ...]
    entry: Entry | None


def clusters_of(forms: dict[str, Form], lexicon: Lexicon) -> list[Cluster]:
    """The names that the document spells in more than one way.

    Forms are compared only within a bucket: those that share a skeleton key, or an entry of the lexicon. Linear in
    the number of forms for text; bounded by the bucket's size for anything else. A name of another language or time
    (Lemberg beside Lviv) is no spelling of today's.
    """
    eastern = _is_eastern(forms, lexicon)
    surnames = {key: form for key, form in forms.items() if form.stands_last and not lexicon.also_by_word(key)}
    links: dict[str, set[str]] = defaultdict(set)
    for a, b in _candidates(surnames, lexicon):
        if b not in links[a] and _linked(forms[a], forms[b], lexicon, eastern=eastern):
            links[a].add(b)
            links[b].add(a)
    clusters, done = [], set[str]()
    for start in forms:
        if links.get(start) and start not in done:
            members = _reachable(start, links)
            done |= members
            clusters.append(_cluster([forms[key] for key in forms if key in members], lexicon))
    return clusters


def _candidates(forms: dict[str, Form], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The pairs that share a skeleton key, an entry of the lexicon, a plain spelling, a string of sounds or letters."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for key, form in forms.items():
        heed_time()
        for skeleton in keys(form.text):
            buckets[skeleton].append(key)
        for entry in lexicon.by_word(key):
            buckets[f"={entry.canonical}"].append(key)
        for spelling in plain(key):
            buckets[f"~{spelling}"].append(key)
        if len(key) >= _SHORTEST_SOUND:
            buckets[f"/{sounds(key)}"].append(key)
        if " " in key:  # only a whole name, family name first, and a place that the lexicon knows
            buckets[f"_{joined(key)}"].append(key)
    for bucket in buckets.values():
        heed_time()
        if len(bucket) > 1:
            yield from combinations(bucket[:_MOST_IN_BUCKET], 2)


def _is_eastern(forms: dict[str, Form], lexicon: Lexicon) -> bool:
    """Whether the document names enough people and places of Eastern Europe that a plain name may be one too."""
    known = (key for key, form in forms.items() if lexicon.by_word(key) or is_slavic(form.text))
    return len(list(islice(known, _EASTERN))) == _EASTERN


def _linked(a: Form, b: Form, lexicon: Lexicon, *, eastern: bool) -> bool:
    """Whether the two forms are spellings of one name.

    The lexicon decides where it knows both. Diacritics make no other name (Wałęsa, Walesa), nor do hyphens and spaces
    in one that has its family name first (Kim Jong-un, Kim Jong Un; Kim Yong-un is another). Otherwise sound decides,
    but only for names that look Slavic: Reid and Read, Meyer and Maier are spelt differently by their bearers, so
    other names need a shared given name, a long word that differs in the grapheme of one sound alone (Benixelva,
    Benichelva), or no difference but that between romanizations, in a text about Eastern Europe (Losik, Losyk).
    """
    known_a, known_b = lexicon.by_word(a.text), lexicon.by_word(b.text)
    if known_a and known_b:
        return any(entry in known_b for entry in known_a)
    if differs_in_marks(a.text, b.text):
        return True
    if " " in a.text or " " in b.text:
        return joined(a.text) == joined(b.text)
    if not _same_here(a.text, b.text):
        return _sound_alike(a, b, lexicon)
    slavic = is_slavic(a.text) or is_slavic(b.text)
    if a.is_weak or b.is_weak:
        return slavic and min(len(a.text), len(b.text)) >= _SHORTEST_WEAK
    one = may_be_one(a, b, lexicon)
    if slavic or one is True:
        return True
    plain_a, plain_b = fold(a.text), fold(b.text)
    if one is False or min(len(plain_a), len(plain_b)) < _SHORTEST_PLAIN:
        return False
    return eastern and _narrow(plain_a) == _narrow(plain_b)


def _same_here(a: str, b: str) -> bool:
    """Whether two words of one text are one name. Two long Slavic ones that nearly are, are (Babkivsky, Babkovski)."""
    if same_name(a, b):
        return True
    long = min(len(a), len(b)) >= _SHORTEST_SOUND and (is_slavic(a) or is_slavic(b))
    return long and similarity(a, b) >= _ALIKE


def _sound_alike(a: Form, b: Form, lexicon: Lexicon) -> bool:
    """Whether two long forms, certain to be names, differ in graphemes of one sound and nothing speaks against it."""
    if min(len(a.text), len(b.text)) < _SHORTEST_SOUND or a.is_weak or b.is_weak:
        return False
    return sounds(a.text) == sounds(b.text) and may_be_one(a, b, lexicon) is not False


def _narrow(folded: str) -> str:
    """`folded` without the differences that are between romanizations and hardly ever between English names."""
    return _H.sub("h", folded.translate(_ONE_LETTER)).replace("ii", "i")


def _reachable(start: str, links: dict[str, set[str]]) -> set[str]:
    found, todo = {start}, [start]
    while todo:
        fresh = links[todo.pop()] - found
        found |= fresh
        todo.extend(fresh)
    return found


def _cluster(forms: list[Form], lexicon: Lexicon) -> Cluster:
    keep, entry = _keep(forms, lexicon)
    kept = next((form for form in forms if form.text.casefold() == keep.casefold()), None)
    variants = [variant for form in forms if form is not kept for variant in _variants(form, kept, lexicon)]
    variants.sort(key=lambda variant: variant.use.word.start)
    return Cluster(keep, kept.uses[0] if kept else None, tuple(forms), tuple(variants), entry)


def _keep(forms: list[Form], lexicon: Lexicon) -> tuple[str, Entry | None]:
    """The form to keep, and the entry that says so.

    A house form in any case; the lexicon's canonical form if the document uses it; else the form used most; of
    equals the one with a title or a given name, then the earliest. A canonical form that the document never uses
    would change every mention, for a text that was nearly consistent.
    """
    used = {form.text.casefold(): form for form in forms}
    entries = list(dict.fromkeys(entry for form in forms for entry in lexicon.by_word(form.text)))
    for entry in reversed(entries):
        if entry in lexicon.house:
            return entry.head(entry.canonical), entry
    most = max(forms, key=_weight)  # the first of equals
    for entry in entries:
        head = entry.head(entry.canonical)
        if head.casefold() in used and not _is_abbreviated(head, most.text):
            return head, entry
    return most.text, entries[0] if entries else None


def _is_abbreviated(a: str, b: str) -> bool:
    """Whether both are one saint's name: whether to write St. or Saint is for the text to say."""
    return a.casefold() != b.casefold() and a.isascii() and b.isascii() and plain(a) == plain(b)


def _weight(form: Form) -> tuple[int, bool]:
    """How much speaks for a form: its uses; among equals, that a title or a given name introduces it."""
    return len(form.uses), any(use.titled or use.before is not None for use in form.uses)


def _variants(form: Form, kept: Form | None, lexicon: Lexicon) -> Iterator[Variant]:
    """The uses of a form that is not kept. A surname alone is the person whose full name stands last before it."""
    introduced: Use | None = None
    whole = Form(form.text, form.uses[:_MOST_USES])
    kept = kept and Form(kept.text, kept.uses[:_MOST_USES])
    for use in form.uses:
        introduced = use if use.before is not None else introduced
        if not use.is_given or lexicon.by_word(form.text):
            bearer = Form(form.text, [introduced]) if introduced else whole
            yield Variant(use, kept is not None and may_be_one(bearer, kept, lexicon) is False)
