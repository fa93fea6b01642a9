"""The run over many files: what is known is taken from the cache, the rest is shared out over all cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from copydesk.findings.correct import first_fix
from copydesk.model import Notice, Review
from copydesk.read import is_writable
from copydesk.repository import identity
from copydesk.repository.cache import DiskCache, Entry
from copydesk.repository.report import Failure
from copydesk.repository.task import Outcome, Task, engine_of
from copydesk.repository.workers import Died, shared_out
from copydesk.repository.write import text_of
from copydesk.settings import Settings

_WORTH_IT = 60_000  # bytes for each process; what takes less time than a process needs is done here
_PASSING = frozenset({"engine-failover", "checker-failed"})  # notices of what may not be so the next time
_EMPTY = Notice("empty-text", "the file is empty: there is nothing to check")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is done; nothing of it changes what is found.

    `cache` None: each file is reviewed anew. `remember`: paragraphs that stand in several files are checked once.
    `reader`: with the second reader, which is asked from one process and whose answers are not kept.
    """

    settings: Settings
    jobs: int
    cache: DiskCache | None = None
    remember: bool = True
    reader: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A file with what was found in it, and its text after the fixes that were asked for."""

    task: Task
    review: Review
    fixed: str | None = None

    @property
    def text_fixed(self) -> str:
        """The text after the fixes; where there are none, as it is."""
        return self.review.document.text if self.fixed is None else self.fixed


@dataclass(slots=True)
class Run:
    """What has come of a run, in the order of the names, whatever the order of the work."""

    reviewed: list[Reviewed] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    known: int = 0  # files whose findings an earlier run had

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews alone."""
        return tuple(one.review for one in self.reviewed)


def review_files(tasks: Sequence[Task], plan: Plan, done: Callable[[], None] = lambda: None) -> Run:
    """Reviews all of `tasks`; `done` is called after each of them. A file that fails does not stop the others.

    Where every file is known from an earlier run and nothing is to be fixed, neither rules nor engines are loaded.
    Raises RuleError for rules or a lexicon that cannot be used, and EngineError for a named engine that is not there.
    """
    run = Run()
    for task, outcome in _outcomes(tasks, plan):
        if outcome.entry is None:
            run.failures.append(Failure(task.name, outcome.failure or ""))
        else:
            run.known += outcome.known
            run.reviewed.append(_reviewed(task, outcome.entry, outcome.fixed))
        done()
    run.reviewed.sort(key=lambda one: one.task.name)
    run.failures.sort(key=lambda failure: failure.path)
    return run


def _reviewed(task: Task, entry: Entry, fixed: str | None) -> Reviewed:
    text = text_of(task.data) if is_writable(task.format) else ""
    if not task.data:
        entry = Entry(entry.language, entry.format, (), (_EMPTY,), ())
    return Reviewed(task, entry.review(text, task.name), fixed)


def _outcomes(tasks: Sequence[Task], plan: Plan) -> Iterator[tuple[Task, Outcome]]:
    """Each task with what has come of it: first what is known, then the rest as it is done."""
    cache = None if plan.reader else plan.cache
    keys = _keys(tasks, plan.settings) if cache is not None else {}
    rest: list[tuple[Task, Entry | None]] = []
    for task in tasks:
        entry = cache.get(keys[task.name]) if cache is not None and task.name in keys else None
        if entry is not None and not _is_fixable(task, entry):
            yield task, Outcome(entry, known=True)
        else:
            rest.append((task, entry))
    for task, outcome in _worked(rest, plan):
        if cache is not None and task.name in keys and outcome.entry is not None and _lasts(outcome):
            cache.put(keys[task.name], outcome.entry)
        yield task, outcome
    if cache is not None:
        cache.prune()


def _keys(tasks: Sequence[Task], settings: Settings) -> dict[str, bytes]:
    """The key of each task by its name; none where the engine cannot be told."""
    engines = {choice: identity.engine(settings, choice) for choice in {engine_of(task.config) for task in tasks}}
    return {task.name: task.key(engine) for task in tasks if (engine := engines[engine_of(task.config)])}


def _worked(rest: Sequence[tuple[Task, Entry | None]], plan: Plan) -> Iterator[tuple[Task, Outcome]]:
    """What comes of the tasks that are not known, the largest first, so that none is left for the end alone."""
    if not rest:
        return
    # Imported here because the pipeline takes 0.5 s, which a run where everything is known need not pay.
    from copydesk.repository.reviewer import Reviewer

    reviewer = Reviewer(plan.settings, remember=plan.remember, reader=plan.reader)
    ordered = sorted(rest, key=lambda one: (-len(one[0].data), one[0].name))
    jobs = min(plan.jobs, sum(len(task.data) for task, _ in rest) // _WORTH_IT, len(rest))
    configs = dict.fromkeys(task.config for task, _ in rest)
    if plan.reader or jobs < 2:
        reviewer.load(configs)
        for task, entry in ordered:
            yield task, reviewer.outcome(task, entry)
        return
    reviewer.load(configs, parser=True)
    for (task, _), outcome in shared_out(ordered, reviewer.of, jobs):
        yield task, Outcome(failure=str(outcome)) if isinstance(outcome, Died) else outcome


def _is_fixable(task: Task, entry: Entry) -> bool:
    """Whether the fixes that are asked for change anything in what an earlier run has found."""
    return any(first_fix(finding, task.levels) is not None for finding in entry.findings)


def _lasts(outcome: Outcome) -> bool:
    """Whether the next run would find the same: not where an engine was away that may come back."""
    passing = _PASSING if identity.has_embedded() else _PASSING | {"grammar-unavailable"}
    return not outcome.known and outcome.entry is not None and not passing & {n.code for n in outcome.entry.notices}
