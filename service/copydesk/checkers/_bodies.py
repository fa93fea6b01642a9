"""Institutions and events that translators name in several ways. The first of each row is the established name.

Two names in one text are two things to a reader. Rows hold only what means one and the same in any text; bodies that
exist side by side somewhere (House and Chamber of Representatives, European Council and Council of Europe) are not
among them. A name with `*` before it stands for itself only where no other capitalised word goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from copydesk.checkers._narration import Use
from copydesk.model import Span

_ROWS = """
Security Council | *Safety Council | Council of Security | Council of Safety
Federal Security Service | Federal Safety Service | Federal Service of Security
Verkhovna Rada | *Supreme Rada | Supreme Council of Ukraine
State Duma | Duma State | Duma of State
*General Staff | *General Headquarters | Main Staff
Federation Council | Council of Federation | Council of the Federation
Prosecutor General | General Prosecutor
Foreign Intelligence Service | External Intelligence Service
Central Election Commission | Central Electoral Commission | Central Elections Commission
Investigative Committee | Investigation Committee | Investigating Committee | Investigatory Committee
Accounting Chamber | Accounts Chamber | Chamber of Accounts
Constitutional Court | Constitution Court | Court of Constitution
Main Intelligence Directorate | Chief Intelligence Directorate | General Intelligence Directorate
State Border Committee | State Boundary Committee | State Frontier Committee
State Security Committee | State Safety Committee
Public Chamber | Social Chamber | Societal Chamber
United Russia | Unified Russia | Single Russia
A Just Russia | A Fair Russia
Servant of the People | Servants of the People
High Anti-Corruption Court | Higher Anti-Corruption Court | Supreme Anti-Corruption Court
Joint Forces Operation | United Forces Operation | Operation of the United Forces
Donetsk People’s Republic | Donetsk National Republic | Donetsk Popular Republic | Donetsk Folk Republic
Luhansk People’s Republic | Luhansk National Republic | Luhansk Popular Republic | Lugansk National Republic
Crimean Bridge | Crimea Bridge
Great Patriotic War | Great Fatherland War | Great Domestic War
Coordination Council | Coordinating Council | Coordinational Council
All-Belarusian People’s Assembly | All-Belarusian National Assembly | All-Belarusian Popular Assembly
Union State | Allied State
Commonwealth of Independent States | Union of Independent States
Moscow Patriarchate | Moscow Patriarchy
Ministry of Emergency Situations | Ministry of Extraordinary Situations | Ministry of Emergent Situations
Law and Justice | Right and Justice
Civic Platform | Citizens’ Platform | Citizen Platform | Civil Platform
Supreme Audit Office | Supreme Chamber of Control | Supreme Control Chamber
Internal Security Agency | Agency of Internal Security
Institute of National Remembrance | Institute of National Memory
National Rally | National Gathering | National Grouping
Court of Auditors | Court of Accounts
Federal Constitutional Court | Federal Constitution Court
Civil Guard | Civilian Guard
National People’s Congress | National People’s Assembly | National Popular Congress
Central Military Commission | Central Army Commission
"""
_NEAR = 60  # code points; a second name so close to the first explains it


def _rows() -> Iterator[tuple[str, ...]]:
    for line in _ROWS.strip().splitlines():
        yield tuple(name.strip() for name in line.split("|"))


_NAMES = tuple(tuple((name.lstrip("*"), name.startswith("*")) for name in row) for row in _rows())


def bodies(words: str) -> Iterator[tuple[int, Use]]:
    """Each place at which `words` name one of the bodies, with the row of that."""
    words = words.replace("'", "’")
    for row, names in enumerate(_NAMES):
        for name, alone in names:
            if name in words:
                yield from ((row, use) for use in _places(name, alone, words))


def are_apart(uses: Sequence[Use]) -> bool:
    """Whether no name stands beside another of its row: a text that explains one by another (“the Verkhovna Rada, or
    Supreme Rada,”) means to use both."""
    return not any(a.style != b.style and b.span.start - a.span.end < _NEAR for a, b in pairwise(uses))


def established(uses: Sequence[Use]) -> str:
    """The name to keep: the first of its row that the text uses."""
    styles = {use.style for use in uses}
    return next(name for row in _NAMES if styles <= {n for n, _ in row} for name, _ in row if name in styles)


def _places(name: str, alone: bool, words: str) -> Iterator[Use]:
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words):
        if not (alone and _CAPITAL_BEFORE.search(words, max(0, match.start() - _NEAR), match.start())):
            yield Use(name, Span(*match.span()), _INSTEAD)


_INSTEAD = {name: name for row in _NAMES for name, _ in row}
_CAPITAL_BEFORE = re.compile(r"\b(?!(?:The|UN) )[A-Z][\w’-]* $")
