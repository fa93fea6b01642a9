"""Paths of a report, told from another folder than the root of its configuration.

Forges take them from the root of the repository; people, from where they stand.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from copydesk.model import Review
from copydesk.repository.report import Report


def told_from(folder: Path, report: Report) -> Report:
    """`report` with its paths as they count from `folder`, which is its root then."""
    reviews = tuple(_from(folder, report.root, review) for review in report.reviews)
    failures = tuple(replace(one, path=moved(one.path, report.root, folder)) for one in report.failures)
    return replace(report, root=str(folder), reviews=reviews, failures=failures)


def _from(folder: Path, root: str, review: Review) -> Review:
    name = review.document.source
    if name is None:
        return review
    return replace(review, document=replace(review.document, source=moved(name, root, folder)))


def moved(name: str, root: str | Path, folder: Path) -> str:
    """`name`, which counts from `root`, as it counts from `folder`; what is absolute stays, and what is in no file
    (`<stdin>`)."""
    if os.path.isabs(name) or name.startswith("<"):  # noqa: PTH117 (strings: asked for every file)
        return name
    whole = os.path.join(os.path.realpath(root), name)  # noqa: PTH118 (as above)
    return os.path.relpath(whole, os.path.realpath(folder)).replace(os.sep, "/")
