"""What tests share: a place of their own for run-time files, one real LanguageTool server, one real browser."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from copydesk.grammar.install import installed
from copydesk.grammar.launch import start, stop, wait_ready
from copydesk.grammar.state import StateFile
from copydesk.pipeline import Desk
from copydesk.settings import Settings, load_settings
from desks import plain_desk
from patience import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A timing is never a test. A commit is tried with the same examples wherever it runs; `make explore` tries new ones.
hypothesis_settings.register_profile("copydesk", deadline=None, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("copydesk")

# Files that wait for processes or share something that is long in the making. They come first, so that the many quick
# tests that follow level out what the workers of a run have left (`--dist worksteal`).
SLOW = (
    "test_integrations.py",
    "test_front_doors.py",
    "test_articles.py",
    "test_failover.py",
    "test_serve.py",
    "test_isolated_service.py",
    "test_isolation.py",
    "test_supervision.py",
    "test_languagetool.py",
    "test_v2_clients.py",
    "test_vscode.py",
    "test_lsp.py",
    "test_metrics.py",
    "test_security.py",
    "test_cache.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first; see `SLOW`."""
    places = {name: place for place, name in enumerate(SLOW)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_collection_finish() -> None:
    """What lives as long as the run (modules, rules, thousands of tests) is not searched for garbage again and again:
    that would take a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def languagetool_home() -> Path:
    """The folder of an installed LanguageTool; without one, the test is skipped."""
    home = load_settings().languagetool_home
    if not installed(home):
        pytest.skip("LanguageTool is not installed: run “copydesk languagetool install”")
    return home


@pytest.fixture(scope="session", autouse=True)
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keeps tests from the user's own server. All workers of a run share the folder."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_RUN_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def languagetool(languagetool_home: Path, run_dir: Path) -> Iterator[Settings]:
    """Settings with a LanguageTool server that is ready: one for all workers of a run. Leave it alive."""
    settings = load_settings()
    state = StateFile(settings.languagetool_state)
    worker = "PYTEST_XDIST_WORKER" in os.environ
    start(languagetool_home, state, parent=os.getppid() if worker else os.getpid())
    wait_ready(state, PATIENCE)
    yield settings
    if not worker:  # with several, the server ends when the process that started them does
        stop(state)


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The shipped rules and lexicon, no grammar engine, no cache."""
    return plain_desk()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a service with the page."""
    from browser import service  # here, because only the tests of the page need the driver of a browser

    with service() as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one, the test is skipped."""
    from browser import chromium

    with chromium() as found:
        yield found
