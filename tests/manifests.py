"""Reads what the service is deployed by: the Dockerfile, compose.yaml and the manifests for Kubernetes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from dotenv import dotenv_values

from rest import make_client

PROJECT = Path(__file__).parents[1]
KUBERNETES = PROJECT / "deploy" / "kubernetes"
PREFIX = "COPYDESK_"
PASSWORD = "0123abcd"  # noqa: S105 (what stands for one in these tests)


def instructions(path: Path) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each with its arguments on one line."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, arguments) for name, _, arguments in (line.partition(" ") for line in joined.splitlines())]


def last_stage(path: Path) -> list[tuple[str, str]]:
    """The instructions of the stage that is the image."""
    found = instructions(path)
    begin = max(index for index, (name, _) in enumerate(found) if name == "FROM")
    return found[begin:]


def image_environment(path: Path) -> dict[str, str]:
    """What `ENV` sets in the image."""
    pairs = [pair for name, arguments in last_stage(path) if name == "ENV" for pair in arguments.split()]
    return dict(pair.split("=", 1) for pair in pairs)


def compose() -> dict[str, Any]:
    """compose.yaml, with a password where the file asks for one."""
    text = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{COPYDESK_DATABASE_PASSWORD:\?[^}]*}", PASSWORD, text))
    return found


def resources() -> list[dict[str, Any]]:
    """What `kustomization.yaml` lists, one Kubernetes object each."""
    return [
        found
        for name in kustomization()["resources"]
        for found in yaml.safe_load_all((KUBERNETES / name).read_text(encoding="utf-8"))
    ]


def kustomization() -> dict[str, Any]:
    """The list of what belongs together."""
    found: dict[str, Any] = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))
    return found


def kubernetes_environment() -> dict[str, str]:
    """What the pods get from the settings file, and a database from the secret."""
    settings = dotenv_values(KUBERNETES / "settings.env")
    [container] = deployment("copydesk")["containers"]
    secrets = {entry["name"] for entry in container["env"]}
    assert secrets == {"COPYDESK_STORE"}
    return {name: str(value) for name, value in settings.items()} | {"COPYDESK_STORE": "sqlite://"}


def deployment(name: str) -> dict[str, Any]:
    """The pods of a Deployment, as its template says."""
    [found] = [found for found in resources() if (found["kind"], found["metadata"]["name"]) == ("Deployment", name)]
    pods: dict[str, Any] = found["spec"]["template"]["spec"]
    return pods


def asked(command: str) -> tuple[int | None, str]:
    """Port and path that a health check asks."""
    [url] = re.findall(r"http://[^'\"]+", command)
    parts = urlsplit(url)
    return parts.port, parts.path


def seconds(text: str) -> int:
    """`80s` as a number."""
    assert re.fullmatch(r"\d+s", text)
    return int(text[:-1])


@cache
def routes() -> set[str]:
    """The paths that the service answers."""
    return {rule.rule for rule in make_client().application.url_map.iter_rules()}


def program(name: str) -> str:
    """Where a linter is, first of all in our own environment; without it, the test is skipped."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found
