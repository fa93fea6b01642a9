"""Lines that say what a rule's phrases say, in other words: bags of words around the rule's heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from copydesk.packs.schema import Rule

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_QUOTE = re.compile(r"[“”„«»\"]")
_STEM = 5  # letters that forms of one word share in the inflected languages we read
_MOST_WORDS = 18  # of a line; longer ones are the sentences of an article
_MOST_NAMES = 4  # unknown words with a capital: the publisher, its programme, a place
_ONE_STRANGER_IN = 7  # words of a line, for each that no phrase of its language has

# Words by which a line tells of somebody or of the past. Furniture speaks to its reader.
_NARRATIVE = {
    "en": "he she they him his hers them their theirs who whom was were had did said says told asked would "
    "could according mr mrs",
    "de": "er ihn ihm war waren wurde wurden hatte hatten sagte sagt worden laut dessen deren",
    "fr": "il elle ils elles lui leur leurs était étaient avait avaient dit affirmé selon fut ont eu",
    "es": "él ella ellos ellas era eran fue fueron había habían dijo según tuvo ha han",
    "pl": "on ona oni jego jej ich był była było byli miał miała powiedział powiedziała według został została",
    "ru": "он она они его её ее их ему им был была было были сказал сказала заявил заявила сообщил сообщила заявили",
    "uk": "він вона вони його її їх йому їм був була було були сказав сказала заявив заявила повідомив повідомила",
}

# Words of the first and second person, and those that open a call to the reader (“To read on, …”, “Aby czytać, …”).
_ADDRESS = {
    "en": "you your yours us our my please",
    "de": "sie ihr ihre ihren ihrem ihrer uns unser unsere unseren unserem wir ich du dein deine deinen bitte jetzt",
    "fr": "vous votre vos nous notre nos je mon ma mes",
    "es": "tu tus te nos nuestro nuestra nuestros nuestras usted",
    "pl": "nas nasz nasza nasze naszego naszej nam ci cię twój twoja twoje twojej",
    "ru": "нас нам нами наш наша наше наши нашу нашем вы вас вам ваш ваша ваше ваши вашем",
    "uk": "нас нам нами наш наша наше наші нашу нашому ви вас вам ваш ваша ваше ваші вашому",
}
_OPENERS = {
    "en": "to by want if now here",
    "de": "um hier",
    "fr": "pour en",
    "es": "para si al",
    "pl": "aby jeśli korzystając",
    "ru": "чтобы если для",
    "uk": "щоб якщо для",
}


class Rewordings:
    """The line rules that have `heads`, found by the words of a line.

    A line is a rule's when it has a word of each of the rule's heads and otherwise hardly anything but words of the
    phrases of its language, names aside. It also calls the reader: it begins with a word of the first head, or speaks
    of you or us. A headline that is made of such words alone (“Subscribe to a newsletter”) is taken for furniture: the
    price of “Register now for our free daily newsletter”.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [rule for rule in rules if rule.heads]
        self._heads: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, rule in enumerate(self._rules):
            for place, head in enumerate(rule.heads):
                for word in head.split():
                    self._heads[word].append((index, place))
        self._lengths = sorted({len(word) - 1 for word in self._heads if word.endswith("*")})
        self._beginning = min(self._lengths, default=1)  # letters that tell most words from all heads
        self._beginnings = {word.rstrip("*")[: self._beginning] for word in self._heads}
        self._known: dict[str, set[str]] = defaultdict(set)
        for rule in rules:
            self._known[rule.language].update(_stem(word) for p in rule.phrases for word in _words(p))
        self._narrative, self._address, self._openers = (
            _by_language(_NARRATIVE),
            _by_language(_ADDRESS),
            _by_language(_OPENERS),
        )

    def rule_for(self, line: str, language: str) -> Rule | None:
        """The first rule that a line of `language` (a BCP 47 tag) rewords."""
        words = _WORD.findall(line)
        if not 2 <= len(words) <= _MOST_WORDS or _QUOTE.search(line):
            return None
        folded = [word.casefold() for word in words]
        language = language.split("-", 1)[0].lower()
        if language not in self._narrative or self._narrative[language].intersection(folded):
            return None
        hits: dict[int, set[int]] = defaultdict(set)
        for word in folded:
            if word[: self._beginning] in self._beginnings:
                for index, place in self._hits(word):
                    hits[index].add(place)
        for index, places in sorted(hits.items()):
            rule = self._rules[index]
            if len(places) == len(rule.heads) and rule.applies_to(language) and self._calls(index, folded, language):
                return rule if self._is_furniture(words, language) else None
        return None

    def _calls(self, index: int, words: Sequence[str], language: str) -> bool:
        """Whether a line speaks to its reader."""
        if words[0] in self._openers[language] or self._address[language].intersection(words):
            return True
        return (index, 0) in self._hits(words[0])

    def _hits(self, word: str) -> Iterator[tuple[int, int]]:
        yield from self._heads.get(word, ())
        for length in self._lengths:
            if length <= len(word):
                yield from self._heads.get(word[:length] + "*", ())

    def _is_furniture(self, words: Sequence[str], language: str) -> bool:
        """Whether a line begins with a word of the phrases and has few others that they lack."""
        known = self._known[language] | self._known["any"]
        strange = [at for at, word in enumerate(words) if not self._is_known(word.casefold(), known)]
        if strange and strange[0] == 0:
            return False
        names = [at for at in strange if words[at][0].isupper()] if language != "de" else []
        return len(names) <= _MOST_NAMES and (len(strange) - len(names)) * _ONE_STRANGER_IN <= len(words)

    def _is_known(self, word: str, known: set[str]) -> bool:
        return _stem(word) in known or next(self._hits(word), None) is not None


def _words(phrase: str) -> Iterable[str]:
    return _WORD.findall(phrase.casefold())


def _by_language(words: dict[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in words.items()}


def _stem(word: str) -> str:
    return word[:_STEM]
