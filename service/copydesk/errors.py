"""Every error that copydesk raises, with the HTTP status and the exit code that each means.

CopydeskError
├── InputError            the caller's request or file is at fault
│   ├── EncodingError     bytes that are not the text they claim to be
│   ├── MalformedError    JSON that does not parse
│   ├── UnreadableError   a text that is not in the format it is said to be in
│   ├── TooLargeError     over a limit
│   ├── UnknownNameError  no such rule, family, language, engine …
│   ├── ConfigError       copydesk.toml is wrong; carries file and line
│   ├── FieldsError       several fields of a request, each told by name
│   └── OffsetError       a position outside the text
├── RuleError             a rule pack or lexicon is wrong; carries file and line
├── EngineError           a grammar engine could not answer
│   └── UnfinishedError   … all of one text
├── TimeOverError         the time of a review is over; never leaves it
├── PatternTimeError      pattern rules took too long; never leaves a review
├── OverloadedError       there is too much to do; come back later
└── StoreError            the database of users' words could not answer
    └── StoreFullError    … since its disk is full
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class CopydeskError(Exception):
    """Base of all. `status` is the HTTP status, `exit_code` the command line's, `code` a stable name."""

    status = 500
    exit_code = 2
    code = "internal-error"


class InputError(CopydeskError):
    """What was sent is wrong. `field` names the part at fault, as a dotted path, where there is one."""

    status = 422
    code = "invalid-input"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class EncodingError(InputError):
    """The bytes are not valid in the encoding that they claim."""

    status = 400
    code = "wrong-encoding"


class MalformedError(InputError):
    """JSON that does not parse, or says one thing twice."""

    status = 400
    code = "malformed"


class UnreadableError(InputError):
    """The text is not in its format; the message says where it stops being so."""

    code = "unreadable"


class TooLargeError(InputError):
    """The text is over a stated limit."""

    status = 413
    code = "too-large"


class UnknownNameError(InputError):
    """A name that is not on the list; the message offers the nearest that is."""

    code = "unknown-name"

    def __init__(self, kind: str, name: str, known: Iterable[str], *, field: str | None = None) -> None:
        super().__init__(f"unknown {kind} “{name}”{nearest(name, known)}", field=field)


class ConfigError(InputError):
    """A configuration file that cannot be used. The message starts with `file:line:`."""

    code = "bad-config"

    def __init__(self, message: str, *, path: str, line: int) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line = path, line


class FieldsError(InputError):
    """Several fields of a request are wrong; `faults` are all of them as (field, message), the first leads."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        field, message = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{field}: {message}{more}", field=field)
        self.faults = tuple(faults)


class OffsetError(InputError, ValueError):
    """A position outside the text, or inside a character."""

    code = "bad-offset"


class RuleError(CopydeskError):
    """A rule pack or lexicon that cannot be used. The message starts with `file:line:`."""

    code = "bad-rule"
    status = 422

    def __init__(self, message: str, *, path: str, line: int) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line = path, line


class EngineError(CopydeskError):
    """A grammar engine is absent, not ready, dead or past its deadline."""

    status = 503
    code = "engine-unavailable"


class UnfinishedError(EngineError):
    """A grammar engine that is ready had not enough time for one text, or came to grief over it."""


class TimeOverError(CopydeskError):
    """The time of a review is over. What has been found is told, with what was not looked for."""


class PatternTimeError(CopydeskError):
    """The pattern rules of a review took longer than they may. The review goes on without them, and tells it."""


class OverloadedError(CopydeskError):
    """More was asked for than can be done in time. `retry_after` is in seconds."""

    status = 503
    code = "overloaded"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StoreError(CopydeskError):
    """The database of users' words cannot be opened, read or written."""

    status = 503
    code = "store-unavailable"


class StoreFullError(StoreError):
    """There is no room on the database's disk for what was to be kept. What is there can be read."""

    status = 507
    code = "store-full"


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause that offers the likeliest of `known` in place of `name`, or an empty string."""
    match = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean “{match[0]}”?" if match else ""
