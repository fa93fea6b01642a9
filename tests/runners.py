"""What runs copydesk for others, run here as they run it: pre-commit, the steps of the action, the job for GitLab.

All three install copydesk by pip from a copy of the project. Nothing is fetched: pip sees the packages of our own
environment as installed already, and has no index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parent.parent
_PARTS = (
    ".pre-commit-hooks.yaml",
    "LICENSE",
    "README.md",
    "action.yml",
    "pyproject.toml",
    "requirements-build.lock",
    "requirements.lock",
    "rules",
    "service",
)
_OURS = re.compile(r"__editable__|_*copydesk|pip(-|\Z)|.*\.pth\Z")
_EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")
WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def git(root: Path, *arguments: str) -> str:
    """What git prints, with nothing of the machine's settings."""
    command = ["git", "-C", str(root), *WHO, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout.strip()


def commit_all(root: Path) -> str:
    """Commits everything in `root`, made a repository if it is none; the commit's name."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-verify", "-m", "m")
    return git(root, "rev-parse", "HEAD")


def environment(**more: str) -> dict[str, str]:
    """The environment without what the machine sets for git, GitHub, GitLab, pip and Python."""
    strange = ("GIT_", "GITHUB_", "CI", "PIP_", "PYTHON", "PRE_COMMIT", "VIRTUAL_ENV", "COPYDESK_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **more}


def offline(packages: Path) -> dict[str, str]:
    """What lets pip install copydesk out of `packages` (see `linked_packages`), and from nowhere else."""
    return {
        "PYTHONPATH": str(packages),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip takes the opposite of this one; 0 switches the isolation off
    }


def copied_project(folder: Path) -> Path:
    """A copy of all that an installation is made of, so that no build leaves anything in the project."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "node_modules")
    for part in _PARTS:
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, folder / part, ignore=ignored)
        else:
            folder.mkdir(exist_ok=True)
            shutil.copy2(PROJECT / part, folder / part)
    return folder


def linked_packages(folder: Path) -> Path:
    """Links to the packages of this environment, without copydesk and pip: those are to be installed."""
    folder.mkdir()
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if not _OURS.match(package.name):
            (folder / package.name).symlink_to(package)
    return folder


@dataclass(frozen=True, slots=True)
class Action:
    """`action.yml`, and a runner's folders for it: `home` is its RUNNER_TEMP, `project` where the action lies."""

    project: Path
    home: Path
    packages: Path

    @property
    def says(self) -> dict[str, Any]:
        says: dict[str, Any] = yaml.safe_load((self.project / "action.yml").read_text(encoding="utf-8"))
        return says

    def step(
        self, name: str, workspace: Path, inputs: Mapping[str, str] | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a `run:` step in `workspace` as the runner does; its outputs and summary go to files beside `home`."""
        step = next(step for step in self.says["runs"]["steps"] if step.get("id") == name)
        assert step["shell"] == "bash"
        given = {
            **{f"inputs.{key}": value["default"] for key, value in self.says["inputs"].items()},
            **{f"inputs.{key}": value for key, value in (inputs or {}).items()},
            "steps.python.outputs.python-path": sys.executable,
        }
        script = self.home / f"{name}.sh"
        script.write_text(step["run"], encoding="utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=workspace,
            env=environment(
                **offline(self.packages),
                **{key: _EXPRESSION.sub(lambda match: given[match[1]], value) for key, value in step["env"].items()},
                GITHUB_ACTION_PATH=str(self.project),
                RUNNER_TEMP=str(self.home),
                **{f"GITHUB_{key}": str(self.home / key) for key in ("OUTPUT", "STEP_SUMMARY")},
                **variables,
            ),
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self, name: str) -> str:
        """What steps have written to OUTPUT or STEP_SUMMARY since the last time it was asked."""
        path = self.home / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.unlink(missing_ok=True)
        return text
