"""Hooks for pre-commit, the action for GitHub and the job for GitLab, each as it is run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from copydesk.cli import main
from copydesk.read import SUFFIXES
from runners import PROJECT, Action, commit_all, copied_project, environment, git, linked_packages, offline
from validators import check_vendor

OLD = "The head of the Commission. Commission. Talks went on.\n"
NEW = "They spoke of the Treaty. Treaty. Nobody signed.\n"
OLD_ANNOTATION = (
    "::warning file=a b.md,line=1,endLine=1,col=17,endColumn=40,title=copydesk%3A any/seams/doubled-word-over-stop::"
    "“Commission. Commission.”: the last word of the sentence stands again as a sentence of its own."
    "%0Aunsafe fix: remove “ Commission.”\n"
)
NEW_ANNOTATION = (
    "::warning file=a b.md,line=3,endLine=3,col=19,endColumn=34,title=copydesk%3A any/seams/doubled-word-over-stop::"
    "“Treaty. Treaty.”: the last word of the sentence stands again as a sentence of its own."
    "%0Aunsafe fix: remove “ Treaty.”\n"
)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked_packages(tmp_path_factory.mktemp("packages") / "linked")


@pytest.fixture(scope="session")
def action(project: Path, packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Action:
    """The action after its install step, which has been run for real."""
    action = Action(project, tmp_path_factory.mktemp("runner"), packages)
    done = action.step("install", action.home)
    assert done.returncode == 0, done.stderr
    return action


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A repository whose branch `work` has one fault more than `origin/main`."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\n', encoding="utf-8")
    (folder / "a b.md").write_text(OLD, encoding="utf-8")
    commit_all(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(folder, "checkout", "-q", "-b", "work")
    (folder / "a b.md").write_text(f"{OLD}\n{NEW}", encoding="utf-8")
    commit_all(folder)
    return folder


def lines_of(sarif: Path) -> list[int]:
    told: dict[str, Any] = json.loads(sarif.read_text(encoding="utf-8"))
    return [r["locations"][0]["physicalLocation"]["region"]["startLine"] for r in told["runs"][0]["results"]]


def test_the_hook_is_installed_and_run_by_pre_commit(project: Path, packages: Path, tmp_path: Path) -> None:
    """From a local clone; the commit is refused, and goes through when the fault is gone."""
    clone, content = tmp_path / "copydesk", tmp_path / "content"
    shutil.copytree(project, clone)
    revision = commit_all(clone)
    content.mkdir()
    config = {"repos": [{"repo": str(clone), "rev": revision, "hooks": [{"id": "copydesk-changed"}]}]}
    (content / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (content / "copydesk.toml").write_text('engine = "none"\nfamilies = ["seams"]\n', encoding="utf-8")
    (content / "a b.md").write_text(OLD, encoding="utf-8")
    commit_all(content)
    (content / "a b.md").write_text(f"{OLD}\n{NEW}", encoding="utf-8")
    git(content, "add", "-A")
    run = environment(PRE_COMMIT_HOME=str(tmp_path / "home"), **offline(packages))

    def committed() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--color=never"]
        return subprocess.run(command, cwd=content, env=run, capture_output=True, text=True, check=False)

    refused = committed()
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert refused.stdout[refused.stdout.index("copydesk (changed") :] == (
        "copydesk (changed lines).................................................Failed\n"
        "- hook id: copydesk-changed\n"
        "- exit code: 1\n"
        "\n"
        "a b.md:3:19: warning [any/seams/doubled-word-over-stop]\n"
        "    They spoke of the Treaty. Treaty. Nobody signed.\n"
        "                      ^^^^^^^^^^^^^^^\n"
        "    “Treaty. Treaty.”: the last word of the sentence stands again as a sentence of its own.\n"
        "    unsafe fix: remove “ Treaty.”\n"
        "\n"
        "1 finding in 1 of 1 text; 1 finding on unchanged lines not shown\n"
        "\n"
    )
    (content / "a b.md").write_text(f"{OLD}\n{NEW.replace(' Treaty.', '', 1)}", encoding="utf-8")
    git(content, "add", "-A")
    accepted = committed()
    assert accepted.stdout == "copydesk (changed lines).................................................Passed\n"
    assert accepted.returncode == 0


def test_the_hooks_take_every_format_that_is_read() -> None:
    """Those that fix leave Word files out, which are never written."""
    for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert hook["require_serial"]
        taken = {suffix for suffix in SUFFIXES if re.search(hook["files"], f"dir/A{suffix.upper()}")}
        assert taken == set(SUFFIXES) - ({".docx"} if hook["id"] == "copydesk-fix" else set())
        assert CliRunner().invoke(main, [*hook["entry"].split()[1:], "--help"]).exit_code == 0


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", "examples/newsroom/.github/workflows/copydesk.yml"),
        ("gitlab-ci", "templates/copydesk.gitlab-ci.yml"),
        ("gitlab-ci", "examples/newsroom/.gitlab-ci.yml"),
    ],
)
def test_files_for_github_and_gitlab_are_valid(schema: str, file: str) -> None:
    """By the schemas that check-jsonschema brings along."""
    done = check_vendor(schema, PROJECT / file)
    assert (done.exit_code, done.stdout) == (0, "ok -- validation done\n"), done.stdout


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", ".pre-commit-hooks.yaml"),
        ("validate-config", "examples/newsroom/.pre-commit-config.yaml"),
    ],
)
def test_files_for_pre_commit_are_valid(command: str, file: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, str(PROJECT / file)],
        env=environment(PRE_COMMIT_HOME=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_action_puts_nothing_from_outside_into_a_script(action: Action) -> None:
    says = action.says
    scripts = [step for step in says["runs"]["steps"] if "run" in step]
    assert [step["id"] for step in scripts] == ["install", "check"]
    assert not any("${{" in step["run"] for step in scripts)
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(says["runs"])))
    assert used == set(says["inputs"])


def test_the_action_on_a_push(action: Action, content: Path) -> None:
    done = action.step("check", content)
    assert (done.stdout, done.stderr) == (OLD_ANNOTATION + NEW_ANNOTATION, "")
    assert done.returncode == 1
    assert action.told("OUTPUT") == "sarif-file=copydesk.sarif\nstatus=1\n"
    assert lines_of(content / "copydesk.sarif") == [1, 3]
    assert action.told("STEP_SUMMARY").count("any/seams/doubled-word-over-stop") >= 2


def test_the_action_on_a_pull_request(action: Action, content: Path) -> None:
    """Only its own lines fail it; code scanning is told of all, or it would take the others for mended."""
    done = action.step("check", content, {"fail": "false", "sarif-file": "out.sarif"}, GITHUB_BASE_REF="main")
    assert (done.stdout, done.stderr, done.returncode) == (NEW_ANNOTATION, "", 0)
    assert action.told("OUTPUT") == "sarif-file=out.sarif\nstatus=1\n"
    assert lines_of(content / "out.sarif") == [1, 3]


def test_the_action_takes_no_input_for_a_command(action: Action, content: Path) -> None:
    hostile = 'a b.md\n$(touch owned)\n`touch owned`\n"; touch owned; "\n--help\n'
    given = {"paths": hostile, "diff-base": "none", "sarif-file": "", "severity": "warning", "fail": "false"}
    done = action.step("check", content, given, GITHUB_BASE_REF="main")
    assert done.returncode == 2
    assert not (content / "owned").exists()
    assert action.told("OUTPUT") == "status=2\n"
    assert OLD_ANNOTATION in done.stdout
    assert done.stderr.splitlines() == [
        f"copydesk: {name}: No such file or directory"
        for name in ('"; touch owned; "', "$(touch owned)", "--help", "`touch owned`")
    ]


def gitlab(action: Action, content: Path, *parts: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs these parts of the job, in the environment that the action has made."""
    job = yaml.safe_load((PROJECT / "templates/copydesk.gitlab-ci.yml").read_text(encoding="utf-8"))["copydesk"]
    command = environment()
    command["PATH"] = f"{action.home}/copydesk/bin:{command['PATH']}"
    return subprocess.run(
        ["bash", "-c", "\n".join(["set -eo pipefail", *(line for part in parts for line in job[part])])],
        cwd=content,
        env={**command, **offline(action.packages), "COPYDESK_PACKAGE": str(action.project), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def faults_of(content: Path) -> list[tuple[str, int, str]]:
    told = json.loads((content / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    return [(fault["location"]["path"], fault["location"]["lines"]["begin"], fault["severity"]) for fault in told]


def test_the_job_for_gitlab(action: Action, content: Path) -> None:
    """A merge request is failed by its own lines, and the artifact has all; so has the job of the main branch."""
    base = git(content, "rev-parse", "origin/main")
    done = gitlab(
        action, content, "before_script", "script", CI_MERGE_REQUEST_DIFF_BASE_SHA=base, COPYDESK_PATHS="a b.md\n\n"
    )
    assert done.returncode == 1, done.stderr
    assert "1 finding in 1 of 1 text; 1 finding on unchanged lines not shown\n" in done.stdout
    assert faults_of(content) == [("a b.md", 1, "minor"), ("a b.md", 3, "minor")]
    assert 'failures="1"' in (content / "copydesk-junit.xml").read_text(encoding="utf-8")
    git(content, "checkout", "-q", "origin/main")
    done = gitlab(action, content, "script", COPYDESK_SEVERITY="error", COPYDESK_PATHS="$(touch owned)\n.")
    assert not (content / "owned").exists()
    assert done.returncode == 2
    assert faults_of(content) == [("$(touch owned)", 1, "blocker")]
