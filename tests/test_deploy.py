"""Dockerfile, compose.yaml and the manifests for Kubernetes agree with the service; the first two are safe to run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from pathspec import GitIgnoreSpec

from copydesk.settings import Settings, load_settings
from manifests import (
    PASSWORD,
    PREFIX,
    PROJECT,
    asked,
    compose,
    deployment,
    image_environment,
    instructions,
    kubernetes_environment,
    last_stage,
    program,
    routes,
    seconds,
)
from validators import check_vendor

DOCKERFILE = PROJECT / "Dockerfile"
GRACE = 10  # seconds that gunicorn gives beyond the deadline of a review
SERVICE = compose()["services"]["copydesk"]
PODS = deployment("copydesk")
[CONTAINER] = PODS["containers"]


def environment_of(place: str) -> dict[str, str]:
    image = {name: value for name, value in image_environment(DOCKERFILE).items() if name.startswith(PREFIX)}
    beside: dict[str, dict[str, str]] = {
        "image": {},
        "compose": SERVICE["environment"],
        "kubernetes": kubernetes_environment(),
    }
    return image | beside[place]


def in_force(place: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in environment_of(place).items():
        monkeypatch.setenv(name, value)
    return load_settings()


@pytest.mark.parametrize("place", ["image", "compose", "kubernetes"])
def test_settings_are_known_and_good(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {name.removeprefix(PREFIX).lower() for name in environment_of(place)}
    assert names - set(Settings.model_fields) == set()
    settings = in_force(place, monkeypatch)
    assert (settings.host, settings.port) == ("0.0.0.0", 8080)  # noqa: S104 (within a container)
    assert settings.run_dir == Path("/tmp/copydesk")  # noqa: S108 (the container's own)


def test_the_page_names_settings_that_there_are() -> None:
    page = (PROJECT / "docs" / "deployment.md").read_text(encoding="utf-8")
    names = {name.lower() for name in re.findall(r"\bCOPYDESK_([A-Z_]+)", page)}
    assert names - set(Settings.model_fields) == {"database_password"}  # of compose.yaml alone


@pytest.mark.parametrize("place", ["compose", "kubernetes"])
def test_strangers_are_kept_out(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = in_force(place, monkeypatch)
    assert settings.require_key
    assert settings.rate_limit is not None
    assert settings.redis_url is not None
    assert settings.trusted_proxies == 1


@pytest.mark.parametrize(("extra", "needed"), [("redis", "COPYDESK_REDIS_URL"), ("postgres", "COPYDESK_STORE")])
def test_the_image_has_what_the_settings_need(extra: str, needed: str) -> None:
    assert needed in SERVICE["environment"]
    [extras] = re.findall(r"^RUN := ((?:.*\\\n)*.*)", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert f"--extra {extra}" in " ".join(extras.replace("\\\n", " ").split())


def test_both_stages_have_the_same_python() -> None:
    bases = {arguments.split()[0] for name, arguments in instructions(DOCKERFILE) if name == "FROM"}
    assert len(bases) == 1
    [version] = re.findall(r"^python:([\d.]+)-slim-\w+$", bases.pop())
    [wanted] = re.findall(r'^requires-python = "(.+)"', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version in SpecifierSet(wanted)


def test_what_is_copied_is_there_and_sent_along() -> None:
    kept_out = GitIgnoreSpec.from_lines((PROJECT / ".dockerignore").read_text().splitlines())
    for name, arguments in instructions(DOCKERFILE):
        if name == "COPY" and not arguments.startswith("--from="):
            for source in arguments.split()[:-1]:
                assert (PROJECT / source).exists()
                assert not kept_out.match_file(source)
    assert kept_out.match_file(".git/config")
    assert kept_out.match_file(".env")


def test_the_image_runs_as_nobody_in_particular() -> None:
    [user] = [arguments for name, arguments in last_stage(DOCKERFILE) if name == "USER"]
    assert user == "10001:10001"
    assert (PODS["securityContext"]["runAsUser"], PODS["securityContext"]["runAsGroup"]) == (10001, 10001)


def test_the_image_is_asked_where_it_listens() -> None:
    of_image = dict(last_stage(DOCKERFILE))
    port = int(image_environment(DOCKERFILE)["COPYDESK_PORT"])
    assert int(of_image["EXPOSE"]) == port
    assert asked(of_image["HEALTHCHECK"]) == (port, "/livez")
    assert "/livez" in routes()


@pytest.mark.parametrize("name", ["copydesk", "redis", "postgres"])
def test_compose_takes_everything_away(name: str) -> None:
    found = compose()["services"][name]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["mem_limit"]
    assert found["pids_limit"]
    assert found["healthcheck"]["test"]
    assert name == "copydesk" or not found["user"].startswith("0")
    assert not re.search(r":latest$|^[^:]+$", found["image"])


def test_compose_fits_its_schema() -> None:
    made = check_vendor("compose-spec", PROJECT / "compose.yaml")
    assert made.exit_code == 0, made.stdout


def test_compose_opens_one_door_to_this_machine() -> None:
    whole = compose()
    doors = {name: found.get("ports") for name, found in whole["services"].items() if found.get("ports")}
    assert doors == {"copydesk": ["127.0.0.1:8080:8080"]}
    assert asked(" ".join(SERVICE["healthcheck"]["test"])) == (8080, "/readyz")
    assert [whole["services"][name]["networks"] for name in ("redis", "postgres")] == [["back"], ["back"]]
    assert whole["networks"]["back"] == {"internal": True}


def test_compose_has_one_password_from_outside() -> None:
    assert PASSWORD in SERVICE["environment"]["COPYDESK_STORE"]
    assert compose()["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"] == PASSWORD
    assert PASSWORD not in (PROJECT / "compose.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["compose", "kubernetes"])
def test_a_stop_waits_for_what_has_begun(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if place == "compose":
        grace, before = seconds(SERVICE["stop_grace_period"]), 0
    else:
        grace = PODS["terminationGracePeriodSeconds"]
        before = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert grace > before + in_force(place, monkeypatch).review_deadline + GRACE


def test_hadolint_has_nothing_to_say() -> None:
    made = subprocess.run([program("hadolint"), str(DOCKERFILE)], capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout) == (0, "")
