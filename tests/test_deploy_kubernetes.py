"""The manifests for Kubernetes: they fit each other, its schemas and its linters, and keep pods in bounds."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
import yaml

from manifests import (
    KUBERNETES,
    compose,
    deployment,
    kubernetes_environment,
    kustomization,
    program,
    resources,
    routes,
)

API = "1.31.0"  # of Kubernetes: the oldest that the manifests are meant for
[CONTAINER] = deployment("copydesk")["containers"]
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


@pytest.mark.parametrize("name", ["copydesk", "copydesk-redis"])
def test_pods_may_do_nothing_but_their_work(name: str) -> None:
    pods = deployment(name)
    assert pods["automountServiceAccountToken"] is False
    assert pods["securityContext"]["runAsNonRoot"] is True
    assert pods["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    [container] = pods["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]["requests"]) >= {"cpu", "memory"}
    assert "memory" in container["resources"]["limits"]
    assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tmp"]  # noqa: S108


def test_probes_ask_what_is_there() -> None:
    paths = {name: CONTAINER[name]["httpGet"]["path"] for name in PROBES}
    assert paths == {"startupProbe": "/readyz", "readinessProbe": "/readyz", "livenessProbe": "/livez"}
    assert set(paths.values()) <= routes()
    assert {CONTAINER[name]["httpGet"]["port"] for name in PROBES} == {"http"}
    assert CONTAINER["ports"] == [{"name": "http", "containerPort": 8080}]


def test_manifests_find_each_other() -> None:
    pods = {
        found["metadata"]["name"]: found["spec"]["template"]["metadata"]["labels"]
        for found in resources()
        if found["kind"] == "Deployment"
    }
    for found in resources():
        name, spec = found["metadata"]["name"], found.get("spec", {})
        if found["kind"] == "Service":
            assert spec["selector"].items() <= pods[name].items()
            assert {port["targetPort"] for port in spec["ports"]} <= {
                port["name"] for port in deployment(name)["containers"][0]["ports"]
            }
        elif found["kind"] in {"Deployment", "PodDisruptionBudget"}:
            assert spec["selector"]["matchLabels"].items() <= pods[name].items()
        elif found["kind"] == "NetworkPolicy":
            assert spec["podSelector"]["matchLabels"].items() <= pods[name].items()
        elif found["kind"] == "HorizontalPodAutoscaler":
            assert spec["scaleTargetRef"]["name"] in pods
    assert {path.name for path in KUBERNETES.glob("*.yaml")} == {"kustomization.yaml", *kustomization()["resources"]}


def test_manifests_fit_the_schemas_of_kubernetes() -> None:
    schemas = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is not installed")
    for found in resources():
        schemas.validate(found, API, strict=True)
    wrong = {**resources()[0], "spec": {"misspelt": 1}}
    with pytest.raises(schemas.ValidationError):
        schemas.validate(wrong, API, strict=True)


def test_kustomize_puts_the_manifests_together() -> None:
    made = subprocess.run(
        [program("kubectl"), "kustomize", str(KUBERNETES)], capture_output=True, text=True, check=True
    )
    objects: list[dict[str, Any]] = list(yaml.safe_load_all(made.stdout))
    [settings] = [found for found in objects if found["kind"] == "ConfigMap"]
    [pods] = [
        found["spec"]["template"]["spec"]
        for found in objects
        if found["metadata"]["name"] == "copydesk" and found["kind"] == "Deployment"
    ]
    [container] = pods["containers"]
    assert container["image"] == compose()["services"]["copydesk"]["image"]
    assert container["envFrom"] == [{"configMapRef": {"name": settings["metadata"]["name"]}}]
    assert settings["data"].items() <= kubernetes_environment().items()


def test_kube_score_finds_nothing_critical() -> None:
    """But what the deployment says no to: limits of processor time, and fetching again an image with a version."""
    score = [program("kube-score"), "score", "--output-format", "ci", "--ignore-container-cpu-limit"]
    score += ["--ignore-test", "container-image-pull-policy", "-"]
    whole = subprocess.run([program("kubectl"), "kustomize", str(KUBERNETES)], capture_output=True, check=True).stdout
    made = subprocess.run(score, input=whole, capture_output=True, check=False)
    lines = made.stdout.decode().splitlines()
    assert len(lines) > 50
    assert [line for line in lines if line.startswith("[CRITICAL]")] == []
