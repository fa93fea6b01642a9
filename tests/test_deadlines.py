"""A review ends when its time is over, and costs no more than it may: with what is there by then, and word of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from copydesk.api import create_app
from copydesk.api.service import service
from copydesk.cache import Cache
from copydesk.checkers.debris import DebrisChecker
from copydesk.checkers.names import NamesChecker
from copydesk.errors import EngineError, TooLargeError, UnfinishedError
from copydesk.findings.suppress import Filter
from copydesk.grammar.contract import Answer, Match
from copydesk.grammar.failover import Failover, Pinned
from copydesk.grammar.pieces import pieces
from copydesk.limits import Limits
from copydesk.model import Document, Engine, Family, Notice, Review, Span
from copydesk.pipeline import Desk, Options
from copydesk.settings import load_settings
from desks import plain_desk

DESK = plain_desk()
ALL = "encoding, debris, captions, duplicates, seams, names, translation, grammar"
TEXT = "Subscribe to our newsletter\n\nTalks were held in the frames of a joint project.\n\nRead more:\n"
OVER = "the time for this review was over: not everything was looked for in "
HOUR = 3600.0
PIECE = "The minister said that an house was build there, and nobody in the small town believed it.\n\n"
LONG = PIECE * 150
COUNT = len(pieces(LONG))


@pytest.fixture(scope="module")
def desk() -> Desk:
    """One that remembers."""
    return Desk(cache=Cache(1_000_000))


def rules(review: Review) -> list[tuple[str, str]]:
    return [(finding.rule, finding.span.of(review.document.text)) for finding in review.findings]


def past() -> Options:
    return Options(deadline=time.monotonic())


class Clock:
    """The time as checkers are told it: an hour passes when a test says so, and nobody waits."""

    def __init__(self) -> None:
        self.later = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.later


class Ticking:
    """A clock that goes on by a second each time that somebody looks."""

    def __init__(self) -> None:
        self.looks = 0

    def monotonic(self) -> float:
        self.looks += 1
        return float(self.looks)


def slowed(monkeypatch: pytest.MonkeyPatch, checker: type[DebrisChecker] | type[NamesChecker]) -> list[str]:
    """Makes a checker take an hour each time that it is asked; the texts that it has been asked about."""
    seen: list[str] = []
    check, clock = checker.check, Clock()

    def slow(self: DebrisChecker | NamesChecker, document: Document) -> Iterator[object]:
        seen.append(document.text)
        found = list(check(self, document))  # type: ignore[arg-type] # of either kind
        clock.later += HOUR
        return iter(found)

    monkeypatch.setattr(checker, "check", slow)
    monkeypatch.setattr("copydesk.limits.time", clock)
    return seen


class Stumbling:
    """An engine that finds every “an”, but comes to grief over some pieces."""

    def __init__(self, fails: Callable[[int], EngineError | None]) -> None:
        self.info, self.fails, self.calls = Engine("stumbling", "1"), fails, 0

    def speaks(self, language: str) -> bool:
        return language == "en-US"

    def check(self, text: str, language: str, timeout: float) -> list[Match]:  # noqa: ARG002 (the contract)
        self.calls += 1
        error = self.fails(self.calls)
        if error is not None:
            raise error
        starts = [at for at in range(len(text)) if text.startswith(" an ", at)]
        return [Match(Span(at + 1, at + 3), "EN_A_VS_AN", "", "MISC", "misspelling", ("a",)) for at in starts]


def too_much_at(*calls: int) -> Callable[[int], EngineError | None]:
    return lambda call: UnfinishedError("it did not finish a passage") if call in calls else None


NOT_ALL = Notice("grammar-unavailable", "not all grammar was checked: it did not finish a passage")


class TestReview:
    def test_time_that_is_over_before_it_begins(self) -> None:
        review = DESK.review(TEXT, past(), language="en-US")
        assert review.findings == ()
        assert review.notices == (Notice("deadline", f"{OVER}{ALL}"),)

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "srt", "vtt"])
    def test_what_cannot_be_read_in_time_is_left_unread(self, format: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: A002
        """Every reader looks at the clock as it goes on, from one line or tag to the next."""
        cue = "00:00:01,000 --> 00:00:02,000\nSubscribe to our newsletter"
        text = {"srt": f"1\n{cue}\n\n" * 9, "vtt": "WEBVTT\n\n" + f"{cue}\n\n".replace(",", ".") * 9}.get(
            format, TEXT * 3
        )
        whole = DESK.review(text, language="en-US", format=format)
        clock = Ticking()
        monkeypatch.setattr("copydesk.limits.time", clock)
        review = DESK.review(text, Options(deadline=3.0), language="en-US", format=format)
        assert clock.looks < 20
        assert (review.document.text, review.document.segments, review.findings) == (text, (), ())
        assert whole.document.segments
        assert review.notices == (Notice("deadline", f"{OVER}{ALL}"),)

    def test_time_enough_changes_nothing(self) -> None:
        options = Options(deadline=time.monotonic() + 60, limits=Limits(100, 100, 60))
        assert DESK.review(TEXT, options, language="en-US") == DESK.review(TEXT, language="en-US")

    def test_what_is_found_in_time_is_told_with_what_was_not_looked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = slowed(monkeypatch, NamesChecker)
        review = DESK.review(TEXT, Options(deadline=time.monotonic() + HOUR), language="en-US")
        assert len(seen) == 1
        assert {finding.family for finding in review.findings} == {Family.DEBRIS}
        assert review.notices == (Notice("deadline", f"{OVER}translation, grammar"),)

    def test_no_further_paragraph_is_looked_at_and_nothing_incomplete_is_remembered(
        self, monkeypatch: pytest.MonkeyPatch, desk: Desk
    ) -> None:
        lines = [f"Subscribe to our newsletter no. {n}" for n in range(9)]
        with monkeypatch.context() as patch:
            seen = slowed(patch, DebrisChecker)
            options = Options(deadline=time.monotonic() + 2.5 * HOUR)
            text = "\n\n".join(lines)
            review = desk.review(text, options, language="en-US")
        assert seen == lines[:3]
        assert [finding.span.of(text).strip() for finding in review.findings] == lines[:3]
        assert review.notices == (Notice("deadline", f"{OVER}{ALL.removeprefix('encoding, ')}"),)
        assert desk.review(text, language="en-US") == DESK.review(text, language="en-US")

    def test_only_families_that_were_asked_for_are_missed(self) -> None:
        options = replace(past(), filter=Filter(families=frozenset({Family.NAMES})))
        found = DESK.review(TEXT, options, language="en-US")
        assert found.notices == (Notice("deadline", f"{OVER}names"),)

    def test_pairs(self) -> None:
        pair = DESK.review(TEXT, language="en-US").document
        found = DESK.compare_documents(pair, pair, past())
        assert found.findings == ((),)
        assert found.notices == (Notice("deadline", f"{OVER}bitext"),)

    def test_corrections_of_a_review_whose_time_is_over_end_too(self) -> None:
        review = DESK.review(TEXT, language="en-US")
        once = DESK.correct(review, past())
        assert once.findings == DESK.correct(review).findings
        assert DESK.review(once.text, language="en-US").document.text == once.text


class TestGrammar:
    WANTED = 150

    @pytest.mark.parametrize("threads", [1, 4])
    def test_the_other_pieces_are_read(self, threads: int) -> None:
        whole = Pinned(Stumbling(too_much_at()), 5).check(LONG, "en-US")
        assert len(whole.matches) == self.WANTED
        engine = Stumbling(too_much_at(2))
        answer = Pinned(engine, 5, threads).check(LONG, "en-US")
        assert engine.calls == COUNT > 2
        assert 0 < len(answer.matches) < self.WANTED
        assert set(answer.matches) < set(whole.matches)
        assert answer.notices == (NOT_ALL,)

    def test_the_fallback_too_goes_on(self) -> None:
        dead = Stumbling(lambda _: EngineError("it is dead"))
        engine = Stumbling(too_much_at(1, 3))
        answer = Failover(dead, engine, 5).check(LONG, "en-US")
        assert (dead.calls, engine.calls) == (1, COUNT)
        told = "not all grammar was checked: it is dead; it did not finish a passage"
        assert answer.notices == (Notice("grammar-unavailable", told),)

    def test_an_engine_that_is_dead_is_not_asked_again(self) -> None:
        engine = Stumbling(lambda call: UnfinishedError("too much") if call == 1 else EngineError("it is dead"))
        with pytest.raises(EngineError, match="it is dead"):
            Pinned(engine, 5).check(LONG, "en-US")
        assert engine.calls == 2

    def test_the_deadline_of_a_review_is_no_failure(self) -> None:
        def slow(_call: int) -> None:
            time.sleep(0.3)

        engine = Stumbling(slow)
        answer = Pinned(engine, 20).check(LONG, "en-US", time.monotonic() + 0.4)
        assert engine.calls == 2
        [notice] = answer.notices
        assert notice.code == "grammar-unavailable"
        assert notice.message.startswith("not all grammar was checked: stumbling did not finish within 0.")

    def test_an_engine_elsewhere_that_is_late_for_it_is_no_failure_either(self) -> None:
        def late(_call: int) -> EngineError:
            time.sleep(0.3)
            return EngineError("it did not answer within 0.2 s")

        answer = Pinned(Stumbling(late), 20).check(PIECE, "en-US", time.monotonic() + 0.2)
        told = "not all grammar was checked: it did not answer within 0.2 s"
        assert answer == Answer((), (), (Notice("grammar-unavailable", told),))

    def test_an_engine_that_raises_an_alarm_at_every_word_is_not_asked_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("copydesk.grammar.failover._MOST_ALARMS", 3)
        first, second = Stumbling(too_much_at()), Stumbling(too_much_at())
        answer = Failover(first, second, 5).check(LONG, "en-US")
        assert (first.calls, second.calls) == (1, 0)
        assert 3 < len(answer.matches) < self.WANTED
        told = "not all grammar was checked: stumbling raised more than 3 alarms; stumbling raised more than 3 alarms"
        assert answer.notices == (Notice("grammar-unavailable", told),)

    def test_a_desk_hands_it_on(self) -> None:
        asked: list[tuple[object, ...]] = []

        class Source:
            def check(self, *said: object) -> Answer:
                asked.append(said)
                return Answer((), ())

        source, deadline = Source(), time.monotonic() + 60
        DESK.review(TEXT, Options(grammar=source, deadline=deadline), language="en-US")
        DESK.review(TEXT, Options(grammar=source), language="en-US")
        [(*first, until), (*second, never)] = asked
        assert first == second == [TEXT, "en-US"]
        assert isinstance(until, float)
        assert deadline - 10 < until < deadline
        assert never is None


class TestLimits:
    def test_segments(self) -> None:
        with pytest.raises(TooLargeError, match=r"^3 lines, sentences, segments or pairs; at most 2 are read$"):
            DESK.review(TEXT, Options(limits=Limits(segments=2)), language="en-US")
        assert DESK.review(TEXT, Options(limits=Limits(segments=3)), language="en-US").findings

    def test_sentences(self) -> None:
        text = "He came. She went. It rained."
        with pytest.raises(TooLargeError, match=r"^3 lines, sentences, segments or pairs; at most 2 are read$"):
            DESK.review(text, Options(limits=Limits(segments=2)), language="en-US")
        assert len(DESK.review(text, Options(limits=Limits(segments=3)), language="en-US").document.sentences) == 3

    def test_findings(self) -> None:
        whole = DESK.review(TEXT, language="en-US")
        count = len(whole.findings)
        review = DESK.review(TEXT, Options(limits=Limits(findings=1)), language="en-US")
        assert count > 1
        assert review.findings == whole.findings[:1]
        told = f"only the first 1 of {count} findings are in this answer"
        assert review.notices == (*whole.notices, Notice("findings-limit", told))

    def test_findings_of_one_checker(self, desk: Desk) -> None:
        """The rest of a text with a fault in each letter is not looked at by it."""
        review = desk.review("a\u202e" * 1500, Options(limits=Limits(findings=1)), language="en-US")
        told = Notice("findings-limit", "the encoding checks were ended at 1002 findings")
        assert (len(review.findings), told in review.notices) == (1, True)

    def test_corrected_text_may_have_more_segments(self) -> None:
        limits = Limits(segments=3)
        review = DESK.review(TEXT, Options(limits=limits), language="en-US")
        assert DESK.correct(review, Options(limits=limits)).text == DESK.correct(review).text

    def test_pattern_time(self, desk: Desk) -> None:
        """The first pattern that occurs has used the time up; those that come later do not run, and nothing is kept."""
        text = "They met in the frames of talks, and it makes sense to pay attention on the road."
        review = desk.review(text, Options(limits=Limits(pattern_seconds=0.0)), language="en-US")
        [notice] = [notice for notice in review.notices if notice.code == "pattern-time"]
        begins = "pattern rules took more than 0 s and did not all run; the slowest is "
        assert notice.message.startswith(begins)
        assert notice.message.removeprefix(begins) in DESK.rules
        assert desk.review(text, language="en-US") == DESK.review(text, language="en-US")

    def test_without_a_limit_patterns_are_not_timed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(time, "thread_time", None)
        found = DESK.review("Held in the frames of a project.", Options(), language="en-US")
        assert rules(found) == [("en/calque/in-frames-of", "in the frames of")]


class TestService:
    def test_review(self, monkeypatch: pytest.MonkeyPatch) -> None:
        slowed(monkeypatch, NamesChecker)
        client = create_app(load_settings(), DESK).test_client()
        [document] = client.post("/v1/review", json={"text": TEXT, "language": "en-US"}).get_json()["documents"]
        assert {finding["family"] for finding in document["findings"]} == {"debris"}
        assert document["notices"] == [{"code": "deadline", "message": f"{OVER}translation, grammar"}]
        assert document["corrected"]["applied"] == len(document["findings"])

    def test_check(self, monkeypatch: pytest.MonkeyPatch) -> None:
        slowed(monkeypatch, NamesChecker)
        client = create_app(load_settings(), DESK).test_client()
        answer = client.post("/v2/check", data={"text": TEXT, "language": "en-US"}).get_json()
        assert answer["matches"]
        assert answer["warnings"]["incompleteResults"] is True
        assert answer["warnings"]["incompleteResultsReason"].endswith(f"{OVER}translation, grammar")

    @pytest.mark.parametrize("path", ["/v1/review", "/v1/clean"])
    def test_segments(self, path: str) -> None:
        client = create_app(load_settings(max_segments=2), DESK).test_client()
        response = client.post(path, json={"text": TEXT, "language": "en-US"})
        assert (response.status_code, response.get_json()["type"]) == (413, "/docs#too-large")
        assert response.get_json()["detail"] == "3 lines, sentences, segments or pairs; at most 2 are read"

    def test_check_of_what_cannot_be_read_in_time(self) -> None:
        client = create_app(load_settings(review_deadline=1e-9), DESK).test_client()
        parts = [{"markup": "<p>"}, {"text": TEXT}, {"markup": "</p>"}]
        for sent in ({"text": TEXT}, {"data": json.dumps({"annotation": parts})}):
            answer = client.post("/v2/check", data={**sent, "language": "en-US"}).get_json()
            assert (answer["matches"], answer["sentenceRanges"]) == ([], [])
            assert answer["warnings"]["incompleteResultsReason"].endswith(f"{OVER}{ALL}")

    @pytest.mark.parametrize(
        ("path", "sent"),
        [
            ("/v1/review", {"json": {"text": "One.", "source": "Раз\nДва\nТри"}}),
            ("/v1/bitext", {"json": {"target": "One.", "source": "Раз\nДва\nТри", "align": True}}),
            ("/v2/check", {"data": {"text": "One.", "language": "en-US", "sourceText": "Раз\nДва\nТри"}}),
        ],
    )
    def test_segments_of_a_source(self, path: str, sent: dict[str, object]) -> None:
        client = create_app(load_settings(max_segments=2), DESK).test_client()
        assert client.post(path, **sent).status_code == 413

    def test_a_source_that_cannot_be_read_in_time(self) -> None:
        client = create_app(load_settings(review_deadline=1e-9), DESK).test_client()
        sent = {"source": "It cost 20 euros.", "target": "It cost 30 euros.", "source_language": "en", "align": True}
        answer = client.post("/v1/bitext", json={**sent, "target_language": "en"}).get_json()
        assert [pair["findings"] for pair in answer["pairs"]] == [[]]
        assert [notice["code"] for notice in answer["notices"]] == ["deadline"]
        sent = {"source": "It cost 20 euros.", "source_language": "en", "text": "It cost 30 euros.", "language": "en"}
        [document] = client.post("/v1/review", json=sent).get_json()["documents"]
        assert (document["findings"], {told["code"] for told in document["notices"]}) == ([], {"deadline"})

    @pytest.mark.parametrize(("seconds", "read"), [(60, True), (1e-9, False)])
    def test_a_source_is_read_in_time_or_not_at_all(self, seconds: float, read: bool) -> None:
        app = create_app(load_settings(review_deadline=seconds), DESK)
        with app.test_request_context():
            source = service().document(TEXT, "en")
        assert (source.text, bool(source.segments)) == (TEXT, read)

    def test_segments_of_check(self) -> None:
        client = create_app(load_settings(max_segments=2), DESK).test_client()
        assert client.post("/v2/check", data={"text": TEXT, "language": "en-US"}).status_code == 413

    def test_pairs(self) -> None:
        client = create_app(load_settings(max_segments=2), DESK).test_client()
        pairs = {"source": ["Раз", "Два", "Три"], "target": ["One", "Two", "Three"]}
        assert client.post("/v1/bitext", json=pairs).status_code == 413
        assert client.post("/v1/bitext", json={**pairs, "source": ["Раз"], "target": ["One"]}).status_code == 200
