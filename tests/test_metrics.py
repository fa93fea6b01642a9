"""`/metrics`: sums over workers, in labels that are few and hold no word of a text; what is drawn and alarmed by."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.parser import text_string_to_metric_families

import copydesk
from copydesk.api import create_app, metricfiles, metrics
from copydesk.cache import Cache
from copydesk.errors import UnfinishedError
from copydesk.grammar.contract import Match
from copydesk.grammar.failover import Failover
from copydesk.grammar.measured import Measured
from copydesk.grammar.remembered import Remembered
from copydesk.model import Engine, Span
from copydesk.packs import RuleBook
from copydesk.pipeline import Desk
from copydesk.settings import load_settings
from copydesk.store import KeyStore, Scope
from desks import plain_desk
from holding import has_embedded
from patience import PATIENCE
from rest import RULE, ask
from serving import Service, serving

SECRET = "Zanzibar"  # noqa: S105 (a word that must not get into a label)
TEXT = f"Talks on {SECRET} were held in the frames of an joint project."
GRAFANA = Path(copydesk.__file__).parents[2] / "docs" / "grafana"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def parsed(text: str) -> Figures:
    """All samples, by name and labels."""
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}


def figure(figures: Figures, name: str, **labels: str) -> float:
    """The sum of the samples of that name that have these labels."""
    wanted = set(labels.items())
    return sum(value for (called, has), value in figures.items() if called == f"copydesk_{name}" and wanted <= has)


class Grumbler:
    """An engine that finds one fault, of any id, at the first letter; or that never finishes."""

    info = Engine("grumbler", "1")

    def __init__(self) -> None:
        self.rule, self.failing = "EN_A_VS_AN", False

    def speaks(self, language: str) -> bool:  # noqa: ARG002 (the contract's signature)
        return True

    def check(self, text: str, language: str, timeout: float) -> list[Match]:  # noqa: ARG002
        if self.failing:
            raise UnfinishedError(f"no end of {text}")
        return [Match(Span(0, 1), self.rule, "A fault.", "GRAMMAR", "grammar", ())]


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return plain_desk().rules


@pytest.fixture(scope="module")
def grumbling(rules: RuleBook) -> tuple[Grumbler, FlaskClient]:
    """An engine, and a client of a service that asks it and remembers nothing."""
    engine = Grumbler()
    desk = Desk(rules, grammar=Failover(Measured(engine), None, 5.0))
    return engine, create_app(load_settings(max_text=1000), desk).test_client()


@pytest.fixture
def engine(grumbling: tuple[Grumbler, FlaskClient]) -> Grumbler:
    found = grumbling[0]
    found.rule, found.failing = "EN_A_VS_AN", False
    return found


@pytest.fixture
def client(grumbling: tuple[Grumbler, FlaskClient]) -> FlaskClient:
    return grumbling[1]


def counting(client: FlaskClient) -> Callable[..., float]:
    """Gives what has been counted since this call, by name and labels."""
    before = parsed(client.get("/metrics").text)

    def since(name: str, **labels: str) -> float:
        now = parsed(client.get("/metrics").text)
        return figure(now, name, **labels) - figure(before, name, **labels)

    return since


def test_a_review_is_counted(rules: RuleBook) -> None:
    cache = Cache(10_000_000)
    source = Failover(Remembered(Measured(Grumbler()), cache), None, 5.0)
    client = create_app(load_settings(), Desk(rules, grammar=source, cache=cache)).test_client()
    since = counting(client)
    for _ in range(3):
        assert ask(client, TEXT).status_code == 200
    labels = {"method": "POST", "route": "/v1/review", "status": "200"}
    assert since("request_seconds_count", **labels) == 3
    assert since("request_seconds_sum", **labels) > 0
    assert since("findings_total", family="translation", rule=RULE) == 3
    assert since("findings_total", family="grammar", rule="EN_A_VS_AN") == 3
    assert since("engine_seconds_count", engine="grumbler", error="") == 1  # then it is remembered
    assert since("family_seconds_count", family="names") == 3
    assert since("family_seconds_count", family="bitext") == 0
    assert since("cache_misses_total") > 0
    assert since("cache_hits_total") > since("cache_misses_total")
    now = parsed(client.get("/metrics").text)
    assert figure(now, "cache_bytes") > 0
    assert (figure(now, "requests_in_progress"), figure(now, "running"), figure(now, "waiting")) == (1, 0, 0)


def test_every_answer_with_findings_is_counted(client: FlaskClient, engine: Grumbler) -> None:
    since = counting(client)
    twice = "Ships wait off Odesa today.\n\nShips wait off Odesa today.\n\nThe port is closed."
    assert client.post("/v1/clean", json={"text": twice, "language": "en"}).status_code == 200
    assert since("findings_total", family="captions") == 1
    assert client.post("/v2/check", data={"text": TEXT, "language": "en-US"}).status_code == 200
    assert since("findings_total", rule=RULE) == 1
    pair = {"source": "Цены выросли на рынке.", "target": "Prices rose on the market market."}
    body = {**pair, "source_language": "ru", "target_language": "en-US"}
    answer = client.post("/v1/bitext", json=body).get_json()
    assert since("findings_total", family="bitext") == answer["summary"]["findings"] > 0
    assert since("family_seconds_count", family="bitext") == 1


def test_what_an_engine_lacks_is_counted(client: FlaskClient, engine: Grumbler) -> None:
    engine.failing = True
    since = counting(client)
    assert ask(client, TEXT).status_code == 200
    assert since("engine_seconds_count", engine="grumbler", error="UnfinishedError") == 1
    assert since("notices_total", code="grammar-unavailable") == 1
    assert SECRET not in client.get("/metrics").text


def test_refusals_and_unknown_paths_are_counted(client: FlaskClient) -> None:
    since = counting(client)
    for path in (f"/{SECRET}", "/a", "/b", f"/v1/rules/{SECRET}"):
        client.get(path)
    client.open("/livez", method=SECRET.upper())
    ask(client, "x" * 1001)
    assert since("request_seconds_count", route="unknown", status="404") == 3
    assert since("request_seconds_count", route="/v1/rules/<path:rule_id>", status="404") == 1
    assert since("request_seconds_count", method="unknown", status="405") == 1
    assert since("request_seconds_count", route="/v1/review", status="413") == 1
    assert SECRET.lower() not in client.get("/metrics").text.lower()


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        ("COMMA_PARENTHESIS", "COMMA_PARENTHESIS"),
        (f"EN_SIMPLE_REPLACE_{SECRET.upper()}", "EN_SIMPLE_REPLACE"),
        (f"DE_COMPOUNDS_{SECRET.upper()}", "DE_COMPOUNDS"),
        (SECRET, "other"),
        ("A WORD OF ANY LENGTH", "other"),
        ("X" * 70, "other"),
    ],
)
def test_an_engines_rules_are_named_by_what_is_no_word(
    client: FlaskClient, engine: Grumbler, rule: str, label: str
) -> None:
    engine.rule = rule
    since = counting(client)
    [finding] = ask(client, "A fine day.").get_json()["documents"][0]["findings"]
    assert finding["rule"] == rule
    assert since("findings_total", family="grammar", rule=label) == 1


def test_an_engines_rules_are_bounded(client: FlaskClient, engine: Grumbler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_engine_rules", set())
    since = counting(client)
    for number in range(320):
        engine.rule = f"RULE_{number}_OF_MANY"
        ask(client, f"Day {number} was fine.", options={"families": ["grammar"], "apply": "none"})
    assert since("findings_total", family="grammar", rule="other") == 20
    labels = re.findall(r'rule="RULE_\d+_OF_MANY"', client.get("/metrics").text)
    assert len(set(labels)) == 300


def test_only_keys_of_that_scope_read_them(rules: RuleBook, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite"
    store = KeyStore(address)
    keys = [store.create("anna", {scope})[1] for scope in (Scope.METRICS, Scope.REVIEW)]
    store.close()
    client = create_app(load_settings(store=address, require_key=True), Desk(rules)).test_client()
    asked = [client.get("/metrics", headers={"Authorization": f"Bearer {key}"}) for key in keys]
    assert [response.status_code for response in (*asked, client.get("/metrics"))] == [200, 403, 401]
    assert asked[0].content_type == CONTENT_TYPE_LATEST
    client.application.extensions["copydesk.keys"].close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if not has_embedded():
        pytest.skip("no embedded engine for this machine")
    folder = tmp_path_factory.mktemp("service")
    left = folder / "run" / "metrics" / "99999999"  # of a service that is no more: Linux has no such process
    left.mkdir(parents=True)
    with serving(folder, 2) as running:
        assert not left.exists()
        yield running


def figures_of(service: Service) -> Figures:
    return parsed(requests.get(f"{service.url}/metrics", timeout=PATIENCE).text)


def reviewed(service: Service, count: int) -> None:
    """As many reviews, eight at a time, each on a connection of its own: any worker may take it."""

    def one(_: int) -> int:
        body = {"text": TEXT, "language": "en-US"}
        return requests.post(f"{service.url}/v1/review", json=body, timeout=PATIENCE).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(count))) == [200] * count


def until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end
        time.sleep(0.05)


def counted(service: Service) -> tuple[float, float]:
    """Reviews and findings of one rule, in all."""
    now = figures_of(service)
    return figure(now, "request_seconds_count", route="/v1/review"), figure(now, "findings_total", rule=RULE)


def test_the_figures_are_those_of_all_workers(service: Service) -> None:
    reviews, findings = counted(service)
    reviewed(service, 24)
    assert {counted(service) for _ in range(10)} == {(reviews + 24, findings + 24)}  # whichever worker answers
    until(lambda: figure(figures_of(service), "workers") == 2)
    assert figure(figures_of(service), "cache_hits_total") > 0
    assert figure(figures_of(service), "info", version=copydesk.__version__) == 1


def test_a_worker_that_ends_leaves_what_it_did(service: Service) -> None:
    reviewed(service, 8)
    before = counted(service)
    until(lambda: figure(figures_of(service), "workers") == 2)
    gauges = {path.name for path in service.figures.glob("gauge_livesum_*.db")}
    for _ in range(2):
        workers = {int(path.stem.rpartition("_")[2]) for path in service.figures.glob("gauge_livemax_*.db")}
        one = max(workers - {service.process.pid})
        os.kill(one, signal.SIGKILL)
        until(lambda one=one: not list(service.figures.glob(f"*_{one}.db")))  # type: ignore[misc]
        until(lambda: figure(figures_of(service), "workers") == 2)
        assert counted(service) == before
    assert {path.name for path in service.figures.glob("gauge_livesum_*.db")} != gauges
    assert sorted(path.name for path in service.figures.glob("*_ended.db")) == [
        "counter_ended.db",
        "histogram_ended.db",
    ]
    assert (service.figures / "counter_ended.db").stat().st_size == 1 << 20
    reviewed(service, 4)
    assert counted(service) == (before[0] + 4, before[1] + 4)


def test_a_full_disk_ends_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """The files are on the disk as a whole before anything is counted in them."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    metricfiles.prepare(7)
    sizes = {path.name: (path.stat().st_size, path.stat().st_blocks * 512) for path in tmp_path.iterdir()}
    assert len(sizes) == 5
    assert sizes["histogram_7.db"][0] == 1 << 20
    assert all(taken >= size for size, taken in sizes.values())

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    metricfiles.prepare(8)
    metricfiles.bury(7)
    assert caplog.messages == [
        "no room for the metrics of process 8: it may end when it counts",
        "no room for what process 7 has counted: it is forgotten",
        "no room for what process 7 has counted: it is forgotten",
    ]
    assert not list(tmp_path.glob("*_7.db"))


def test_no_file_has_a_word_of_a_text(service: Service) -> None:
    reviewed(service, 1)
    requests.get(f"{service.url}/{SECRET}?text={SECRET}", timeout=PATIENCE)
    files = list(service.figures.iterdir())
    assert len(files) > 4
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert service.figures.stat().st_mode & 0o077 == 0


def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("no promtool on this machine (Debian: prometheus)")
    return found


def test_prometheus_finds_nothing_to_say_of_them(service: Service) -> None:
    text = requests.get(f"{service.url}/metrics", timeout=PATIENCE).text
    done = subprocess.run([promtool(), "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("check", [["check", "rules", "alerts.yaml"], ["test", "rules", "alerts.test.yaml"]])
def test_the_alerts_are_sound(check: list[str]) -> None:
    done = subprocess.run([promtool(), *check], cwd=GRAFANA, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def expressions() -> list[str]:
    """All queries of the dashboard, with the times that Grafana puts in."""
    board: dict[str, Any] = json.loads((GRAFANA / "copydesk.json").read_text(encoding="utf-8"))
    found = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    return [query.replace("$__rate_interval", "5m").replace("$job", "copydesk") for query in found]


def test_the_dashboards_queries_are_sound(tmp_path: Path) -> None:
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(expressions())]
    file = tmp_path / "queries.json"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}), encoding="utf-8")
    done = subprocess.run([promtool(), "check", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(rules)} rules found" in done.stdout


def test_all_that_is_drawn_and_alarmed_by_is_told(service: Service) -> None:
    reviewed(service, 1)
    told = {name for name, _ in figures_of(service)}
    told |= {"copydesk_notices_total"}  # there is none in this service
    asked = " ".join([*expressions(), (GRAFANA / "alerts.yaml").read_text(encoding="utf-8")])
    names = set(re.findall(r"copydesk_\w+", asked))
    assert len(names) > 15
    assert names <= told
    documented = set(re.findall(r"copydesk_\w+", (GRAFANA.parent / "operations.md").read_text(encoding="utf-8")))
    bare = {re.sub(r"_(count|sum|bucket)$", "", name) for name in told if not name.endswith("_created")}
    assert documented == bare
