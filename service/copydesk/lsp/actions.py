"""What can be done about a fault: its fixes, all safe fixes at once, and leaving it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lsprotocol import types

from copydesk.findings.correct import correct, first_fix
from copydesk.lsp.positions import Places
from copydesk.lsp.worker import Outcome
from copydesk.model import Edit, Family, Finding, Fix, Safety
from copydesk.pipeline import SAFE

ACCEPT, IGNORE, DISABLE = "copydesk.acceptWord", "copydesk.ignoreHere", "copydesk.ignoreRule"
QUICK_FIX = types.CodeActionKind.QuickFix
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.copydesk"
_WORDS = frozenset({Family.GRAMMAR, Family.NAMES})  # families whose findings can be right because of the word
_LONGEST_WORD = 60  # code points of what can be accepted as a word or name
_MOST_SHOWN = 40  # code points of new text in a title
_POSSESSIVE = re.compile(r"['’]s?\Z")


@dataclass(frozen=True, slots=True)
class Actions:
    """The actions for one outcome. `shown` are its diagnostics, in the order of its findings."""

    outcome: Outcome
    shown: Sequence[types.Diagnostic]
    encoding: str
    versioned: bool

    def at(self, place: types.Range, only: Sequence[str] | None) -> Iterator[types.CodeAction]:
        """The actions for a range, as far as they are of the kinds in `only` (None: all), the likeliest first."""
        places = Places(self.outcome.text.text, self.encoding)
        if _wanted(QUICK_FIX.value, only):
            span = places.span(place)
            triples = zip(self.outcome.findings, self.outcome.names, self.shown, strict=True)
            here = [found for found in triples if found[0].span.start <= span.end and span.start <= found[0].span.end]
            for finding, _, diagnostic in here:
                yield from self._fixes(finding, diagnostic, places)
            for finding, name, diagnostic in here:
                yield from self._left_alone(finding, name, diagnostic)
        if _wanted(FIX_ALL, only):
            yield from self._all_safe(places)

    def _fixes(self, finding: Finding, diagnostic: types.Diagnostic, places: Places) -> Iterator[types.CodeAction]:
        for fix in finding.fixes:
            yield types.CodeAction(
                _title(fix, self.outcome.text.text),
                kind=QUICK_FIX,
                diagnostics=[diagnostic],
                is_preferred=fix is finding.fixes[0] and fix.safety is not Safety.SHOW,
                edit=self._edit(fix.edits, places),
            )

    def _left_alone(self, finding: Finding, name: str, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        word = _POSSESSIVE.sub("", finding.span.of(self.outcome.text.text))
        if finding.family in _WORDS and word and len(word) <= _LONGEST_WORD and len(word.splitlines()) == 1:
            yield _command(f"Accept “{word}” as right", ACCEPT, word, diagnostic)
        yield _command("Ignore this here", IGNORE, name, diagnostic)
        yield _command(f"Switch off the rule {finding.rule}", DISABLE, finding.rule, diagnostic)

    def _all_safe(self, places: Places) -> Iterator[types.CodeAction]:
        done = correct(self.outcome.text.text, self.outcome.findings, SAFE).findings
        fixes = [fix for finding in done if (fix := first_fix(finding, SAFE)) is not None]
        if fixes:
            edits = [edit for fix in fixes for edit in fix.edits]
            yield types.CodeAction(
                f"Fix all that is safe ({len(fixes)})",
                kind=FIX_ALL,
                edit=self._edit(edits, places),
            )

    def _edit(self, edits: Sequence[Edit], places: Places) -> types.WorkspaceEdit:
        text = self.outcome.text
        changes = [
            types.TextEdit(places.range(edit.span), edit.text) for edit in sorted(edits, key=lambda edit: edit.span)
        ]
        if not self.versioned:
            return types.WorkspaceEdit(changes={text.uri: changes})
        identifier = types.OptionalVersionedTextDocumentIdentifier(text.uri, text.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, changes)])


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Kinds are a hierarchy: who wants `source` wants `source.fixAll` too."""
    return only is None or any(kind == asked or kind.startswith(f"{asked}.") or not asked for asked in only)


def _title(fix: Fix, text: str) -> str:
    """What the fix does, in words: the new ones, or the old ones that go."""
    new = _shown(" … ".join(edit.text for edit in fix.edits if edit.text))
    if new:
        return f"Change to “{new}”" if len(fix.edits[0].span) else f"Insert “{new}”"
    if any(edit.text for edit in fix.edits):
        return "Change to a space"
    old = _shown(fix.edits[0].span.of(text))
    more = " …" if len(fix.edits) > 1 else ""
    return f"Remove “{old}”{more}" if old else "Remove what cannot be seen"


def _shown(text: str) -> str:
    """What of `text` can be seen, on one line; empty where nothing can."""
    line = "".join(char for char in " ".join(text.split()) if char.isprintable()).strip()
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 1]}…"


def _command(title: str, command: str, argument: str, diagnostic: types.Diagnostic) -> types.CodeAction:
    return types.CodeAction(
        title, kind=QUICK_FIX, diagnostics=[diagnostic], command=types.Command(title, command, arguments=[argument])
    )
