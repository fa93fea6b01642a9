"""The forms of English verbs and nouns, for tables that name a word once.

Spelling as in Quirk et al., A Comprehensive Grammar of the English Language, 3.5-3.10 and 5.80; the irregular verbs are
those that the tables name and those that a fix may have to inflect.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

# Past and participle where they are not regular; one word where both are the same.
_IRREGULAR = {
    "be": ("was", "been"), "become": ("became", "become"), "begin": ("began", "begun"), "bring": ("brought",),
    "build": ("built",), "buy": ("bought",), "catch": ("caught",), "choose": ("chose", "chosen"),
    "come": ("came", "come"), "cut": ("cut",), "deal": ("dealt",), "do": ("did", "done"), "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"), "eat": ("ate", "eaten"), "fall": ("fell", "fallen"), "feel": ("felt",),
    "fight": ("fought",), "find": ("found",), "flee": ("fled",), "forbid": ("forbade", "forbidden"),
    "forget": ("forgot", "forgotten"), "forgive": ("forgave", "forgiven"), "get": ("got",), "give": ("gave", "given"),
    "go": ("went", "gone"), "grow": ("grew", "grown"), "have": ("had",), "hear": ("heard",),
    "hide": ("hid", "hidden"), "hit": ("hit",), "hold": ("held",), "keep": ("kept",), "know": ("knew", "known"),
    "lay": ("laid",), "lead": ("led",), "leave": ("left",), "let": ("let",), "lose": ("lost",), "make": ("made",),
    "meet": ("met",), "overcome": ("overcame", "overcome"), "partake": ("partook", "partaken"), "pay": ("paid",),
    "put": ("put",), "quit": ("quit",), "read": ("read",), "rise": ("rose", "risen"), "run": ("ran", "run"),
    "say": ("said",), "see": ("saw", "seen"), "seek": ("sought",), "sell": ("sold",), "send": ("sent",),
    "set": ("set",), "shake": ("shook", "shaken"), "shoot": ("shot",), "show": ("showed", "shown"), "shut": ("shut",),
    "sit": ("sat",), "speak": ("spoke", "spoken"), "spend": ("spent",), "stand": ("stood",), "strike": ("struck",),
    "strive": ("strove", "striven"), "swear": ("swore", "sworn"), "take": ("took", "taken"), "teach": ("taught",),
    "tell": ("told",), "think": ("thought",), "understand": ("understood",), "win": ("won",),
    "withdraw": ("withdrew", "withdrawn"), "write": ("wrote", "written"),
}  # fmt: skip
# Stressed on the last of several syllables: the consonant is doubled.
_DOUBLING = {
    "abet", "acquit", "admit", "commit", "compel", "confer", "control", "defer", "deter", "equip", "excel", "expel",
    "fulfil", "incur", "infer", "occur", "omit", "patrol", "permit", "prefer", "quarrel", "rebel", "rebut", "recur",
    "refer", "regret", "submit", "transfer", "transmit",
}  # fmt: skip
_SHORT = re.compile(r"[^aeiou]*(?:qu)?[aeiouy][bdfgklmnprstvz]")  # one syllable, one vowel, one consonant
_SIBILANT = ("s", "x", "z", "ch", "sh")
_PLURALS = {"crisis": "crises", "analysis": "analyses", "thesis": "theses", "life": "lives", "half": "halves"}
_TAGS = {"VB": "base", "VBP": "base", "VBZ": "third", "VBD": "past", "VBN": "participle", "VBG": "gerund"}


class VerbForms(NamedTuple):
    """make, makes, made, made, making."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str

    def tagged(self, tag: str) -> str:
        """The form of a Penn Treebank tag; the base for a tag that is no verb's."""
        form: str = getattr(self, _TAGS.get(tag, "base"))
        return form


@cache
def verb_forms(verb: str) -> VerbForms:
    """The forms of `verb`, in the base form. What follows the first word (“carry out”) stays as it is."""
    head, space, rest = verb.partition(" ")
    stem = head + head[-1] if head in _DOUBLING or _SHORT.fullmatch(head) else head
    past = head + "d" if head.endswith("e") else _y(head, "ied") or stem + "ed"
    irregular = _IRREGULAR.get(head, (past,))
    forms = (head, _third(head), irregular[0], irregular[-1], _gerund(head, stem))
    return VerbForms(*(form + space + rest for form in forms))


def plural(noun: str) -> str:
    """The plural of `noun`, which is in the singular; the third person of most verbs is spelt alike."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    return _y(noun, "ies") or noun + ("es" if noun.endswith(_SIBILANT) else "s")


def _third(head: str) -> str:
    if head in ("be", "have"):
        return "is" if head == "be" else "has"
    return head + "es" if head.endswith("o") else plural(head)


def _gerund(head: str, stem: str) -> str:
    if head.endswith("ie"):
        return head[:-2] + "ying"
    silent = head.endswith("e") and not head.endswith(("ee", "oe", "ye")) and head != "be"
    return head[:-1] + "ing" if silent else stem + "ing"


def _y(word: str, ending: str) -> str:
    """`word` with its y changed, or nothing where it keeps it or has none."""
    return word[:-1] + ending if word.endswith("y") and word[-2:-1] not in "aeiou" else ""
