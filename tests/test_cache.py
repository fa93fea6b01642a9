"""The cache: bounded, safe between threads, without text, and never to be told from no cache by what is found."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest
from benchmarks.marked import parse
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.cache import Cache, digest, open_cache, size_of
from copydesk.checkers import REGISTRY, Scope
from copydesk.checkers._uses import uses_of
from copydesk.checkers.paragraphs import Paragraphs
from copydesk.cli import main
from copydesk.grammar import GrammarSource, Match, grammar_source
from copydesk.grammar.remembered import Remembered
from copydesk.model import Document, Engine, Family, Finding, Review, Segment, SegmentKind, Severity, Span
from copydesk.names.lexicon import Lexicon
from copydesk.names.mentions import mentions_of
from copydesk.packs import RuleBook, load_packs, shipped_rules
from copydesk.pipeline import Desk
from copydesk.read import read
from copydesk.settings import load_settings
from desks import desk_with_grammar, plain_desk

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.marked.txt"))
TEXTS = [parse(path.read_text(encoding="utf-8")).text for path in ARTICLES]
MOST = 8_000_000  # bytes
RULE = """
- id: en/calque/{name}
  kind: pattern
  family: translation
  severity: warning
  mqm: accuracy/mistranslation/overly-literal
  message: "“{{match}}” is {name}."
  why: Slavic languages say so of a project; this rule is a test’s.
  match: '\\bin frames of\\b'
  replace: as part of
  safety: unsafe
  bad: [{{text: "Held [[in frames of]] a project.", fixed: "Held as part of a project."}}]
  good: ["Dust lay in the frames of the window."]
"""


def told(review: Review) -> tuple[object, ...]:
    return review.findings, review.notices, review.engines


# The store


def test_the_least_used_go_when_it_is_full() -> None:
    kept = Cache(1000)
    for name in "abc":
        kept.put(name.encode(), "x" * 50)  # 299 bytes each
    assert kept.get(b"a") == "x" * 50
    kept.put(b"d", "y" * 50)
    assert [kept.get(key) is not None for key in (b"a", b"b", b"c", b"d")] == [True, False, True, True]
    assert (len(kept), kept.used) == (3, 3 * (200 + size_of("x" * 50)))


def test_what_cannot_fit_is_not_kept_and_drives_nothing_out() -> None:
    kept = Cache(1000)
    kept.put(b"a", "x")
    kept.put(b"b", "x" * 1000)
    assert kept.get(b"b") is None
    assert kept.get(b"a") == "x"


def test_a_value_put_again_counts_once() -> None:
    kept = Cache(10_000)
    kept.put(b"a", "x" * 100)
    kept.put(b"a", "x" * 10)
    assert (len(kept), kept.used) == (1, 200 + size_of("x" * 10))


def test_the_size_of_a_finding_counts_its_parts() -> None:
    def finding(message: str) -> Finding:
        return Finding("en/a/b", Family.SEAMS, Severity.ERROR, Span(1, 2), message)

    assert size_of((finding("x" * 1000),)) - size_of((finding(""),)) == 1000
    assert size_of((finding(""),) * 3) > 2 * size_of((finding(""),))


def test_parts_that_join_alike_have_other_digests() -> None:
    parts = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("a', 'bc",), ("a\x00bc",), ("a\ud800bc",)]
    assert len({digest(*each) for each in parts}) == len(parts)


def test_threads_never_see_another_key_s_value_nor_overfill_it() -> None:
    kept = Cache(20_000)

    def work(seed: int) -> int:
        chance = random.Random(seed)  # noqa: S311 (no secret)
        wrong = 0
        for _ in range(3000):
            key = str(chance.randrange(200)).encode()
            value = kept.get(key)
            wrong += value not in (None, key.decode() * 20) or kept.used > 20_000 + 1000
            kept.put(key, key.decode() * 20)
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 0
    assert kept.used == sum(200 + size_of(str(n) * 20) for n in range(200) if kept.get(str(n).encode()) is not None)


def test_the_settings_switch_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(open_cache(load_settings()), Cache)
    monkeypatch.setenv("COPYDESK_CACHE_BYTES", "0")
    assert open_cache(load_settings()) is None


@pytest.mark.parametrize(("flags", "kept"), [([], True), (["--no-cache"], False)])
def test_the_command_line_switches_it_off(
    flags: list[str], kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Cache | None] = []

    def desk(rules: RuleBook, lexicon: Lexicon, grammar: GrammarSource | None, cache: Cache | None) -> Desk:
        given.append(cache)
        return Desk(rules, lexicon, grammar, cache)

    monkeypatch.setattr("copydesk.repository.reviewer.Desk", desk)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # an earlier run on this machine has not found it out
    (tmp_path / "a.txt").write_text("He left the house.\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["check", "--engine", "none", *flags, str(tmp_path / "a.txt")]).exit_code == 0
    assert [cache is not None for cache in given] == [kept]


# Paragraphs


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name.split(".")[0])
def test_what_a_paragraph_checker_finds_in_a_text_it_finds_in_its_paragraphs(path: Path) -> None:
    """A checker that looks beyond the paragraph has another scope. Only what a removed line takes along differs."""
    document, _ = read(parse(path.read_text(encoding="utf-8")).text)
    alone = Paragraphs(plain_desk().rules, None)
    for made in REGISTRY:
        if made.scope is Scope.PARAGRAPH:
            checker = made(plain_desk().rules, plain_desk().resources)
            whole = {(r.rule, r.span, r.message) for r in checker.check(document) if isinstance(r, Finding)}
            assert {(f.rule, f.span, f.message) for f in alone.check(checker, document)} == whole


class Counting:
    """A paragraph-local checker that finds each “teh” and remembers what it was shown."""

    family: ClassVar[Family] = Family.TRANSLATION
    scope: ClassVar[Scope] = Scope.PARAGRAPH

    def __init__(self) -> None:
        self.shown: list[tuple[str, SegmentKind, str]] = []

    def check(self, document: Document) -> Iterator[Finding]:
        (segment,) = document.segments
        self.shown.append((document.text, segment.kind, segment.language))
        for match in re.finditer("teh", document.text):
            yield Finding("en/a/b", self.family, Severity.ERROR, Span(*match.span()), "teh")


def test_a_paragraph_is_shown_once_for_each_kind_and_language() -> None:
    checker, paragraphs = Counting(), Paragraphs(plain_desk().rules, Cache(MOST))
    text = "One teh two.\n\nOne teh two.\n\nOne teh two."
    spans = [Span(0, 12), Span(14, 26), Span(28, 40)]

    def document(kind: SegmentKind, language: str) -> Document:
        first, second, third = spans
        kinds = (SegmentKind.PARAGRAPH, SegmentKind.PARAGRAPH, kind)
        segments = tuple(Segment(k, s, "en-US") for k, s in zip(kinds, (first, second, third), strict=True))
        return Document(text, (*segments[:2], Segment(kind, third, language)), (), "en-US")

    for kind, language in (
        (SegmentKind.PARAGRAPH, "en-US"),
        (SegmentKind.CAPTION, "en-US"),
        (SegmentKind.CAPTION, "pl"),
    ):
        found = list(paragraphs.check(checker, document(kind, language)))
        assert [f.span for f in found] == [Span(4, 7), Span(18, 21), Span(32, 35)]
    assert checker.shown == [
        ("One teh two.", SegmentKind.PARAGRAPH, "en-US"),
        ("One teh two.", SegmentKind.CAPTION, "en-US"),
        ("One teh two.", SegmentKind.CAPTION, "pl"),
    ]


def test_other_rules_are_another_key(tmp_path: Path) -> None:
    """Two desks may share a cache: a finding of one's rules is never the other's."""
    shared = Cache(MOST)
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text(RULE.format(name=name), encoding="utf-8")
        desk = Desk(load_packs([shipped_rules(), tmp_path / f"{name}.yaml"]), cache=shared)
        checker = next(c for c in REGISTRY if c.__name__ == "TranslationChecker")(desk.rules, desk.resources)
        document, _ = read("Held in frames of a project.", language="en-US")
        found = list(Paragraphs(desk.rules, shared).check(checker, document))
        assert (f"en/calque/{name}", Span(5, 17)) in [(f.rule, f.span) for f in found]
        assert {f.rule for f in found} & {"en/calque/first", "en/calque/second"} == {f"en/calque/{name}"}


def test_a_removed_line_takes_its_line_end_wherever_it_stands() -> None:
    desk = Desk(cache=Cache(MOST))
    line = "Subscribe to our newsletter"
    for text in (f"{line}\n\nHe left.", f"He left.\n\n{line}\n\nShe stayed.", f"He left.\n\n{line}"):
        review = desk.review(text, language="en-US")
        assert [f.family for f in review.findings] == [Family.DEBRIS]
        assert told(review) == told(plain_desk().review(text, language="en-US"))
        (edit,) = review.findings[0].fixes[0].edits
        assert text[: edit.span.start] + text[edit.span.end :] in ("He left.", "He left.\n\nShe stayed.")


# Engines


class Fake:
    """An engine whose answers are numbered."""

    def __init__(self) -> None:
        self.info = Engine("fake", "1")
        self.asked = 0

    def speaks(self, language: str) -> bool:
        return language == "en-US"

    def check(self, text: str, language: str, timeout: float) -> list[Match]:  # noqa: ARG002 (the contract's signature)
        self.asked += 1
        return [Match(Span(0, 1), f"RULE_{self.asked}", "", "TYPOS", "misspelling", ())]


def test_an_engine_is_asked_once_for_a_text_a_language_a_version_and_a_wish() -> None:
    engine, kept = Fake(), Cache(MOST)
    first = Remembered(engine, kept).check("He go.", "en-US", 1)
    assert Remembered(engine, kept).check("He go.", "en-US", 1) == first
    assert engine.asked == 1
    Remembered(engine, kept).check("He go.", "en-GB", 1)
    Remembered(engine, kept).check("He goes.", "en-US", 1)
    Remembered(engine, kept, {"level": "picky"}).check("He go.", "en-US", 1)
    engine.info = Engine("fake", "2")
    Remembered(engine, kept).check("He go.", "en-US", 1)
    assert engine.asked == 5


# Whole desks


def edited(text: str, chance: random.Random) -> str:
    """The text after a change such as people make: a letter, a word, a paragraph taken out, moved or doubled."""
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    change = chance.choice(("letter", "letter", "word", "split", "cut", "move", "double", "debris", "title"))
    if change in ("letter", "word", "split"):
        place = chance.randrange(len(lines[at]) + 1)
        typed = {"letter": chance.choice("aeE.“ )’é"), "word": " the the Kyiv in frames of ", "split": "\n\n"}[change]
        lines[at] = lines[at][:place] + typed + lines[at][place + chance.choice((0, 0, 3)) :]
    elif change == "debris":
        lines.insert(at, "Read also: Subscribe to our newsletter")
    elif change == "title":
        lines[at] = lines[at].split(".")[0]
    else:
        line = lines[at] if change == "double" else lines.pop(at)
        if change != "cut":
            lines.insert(to, line)
    return "\n".join(lines)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from([text[:2000] for text in TEXTS]), st.integers(0, 2**32), st.sampled_from([MOST, 30_000]))
def test_a_cache_changes_no_finding(text: str, seed: int, most: int) -> None:
    """Also one so small that it forgets all the time."""
    chance, desk = random.Random(seed), Desk(cache=Cache(most))  # noqa: S311 (no secret)
    for _ in range(6):
        assert told(desk.review(text)) == told(plain_desk().review(text))
        text = edited(text, chance)


def test_a_cache_changes_no_finding_of_an_engine() -> None:
    kept = Cache(MOST)
    desk = Desk(grammar=grammar_source(load_settings(), "embedded", cache=kept), cache=kept)
    chance = random.Random(5)  # noqa: S311 (no secret)
    text = TEXTS[0][:1200] + "\n\n" + TEXTS[1][:1200]
    for _ in range(8):
        assert told(desk.review(text)) == told(desk_with_grammar().review(text))
        text = edited(text, chance)


FIRST = "The mayor of Odesa spoke on Monday.\n\n"
LAST = "Viacheslav Chaus met Oleh Prybudka. An e-mail came at 5 p.m. today."


def test_what_a_paragraph_names_is_read_once_and_stands_where_the_paragraph_does() -> None:
    """The checkers of whole texts remember the names and the styles of each paragraph."""
    for find in (mentions_of, uses_of):
        cache = Cache(1_000_000)
        before, after = (read(text, language="en-US")[0] for text in (FIRST + LAST, f"{FIRST}😀 He left.\n\n{LAST}"))
        assert list(find(before, cache)) == list(find(before, None))
        held = len(cache)
        found = list(find(after, cache))
        assert len(cache) == held + 1
        assert found == list(find(after, None))
        assert found != list(find(before, None))


def test_no_paragraph_is_kept_as_text() -> None:
    kept = Cache(MOST)
    text = "The minister waited in the Zzyzzva hotel for the delegation, and nobody came to see him there."
    Desk(grammar=grammar_source(load_settings(), "embedded", cache=kept), cache=kept).review(text, language="en-US")
    assert len(kept) > 1
    assert "delegation" not in repr(kept._kept)
