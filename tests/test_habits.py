"""The habits around the code: hooks, the workflow, and the forms for those who write to us."""

from __future__ import annotations

import re
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.test_quality import CHECKERS

if TYPE_CHECKING:
    from pathlib import Path

RUN = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
LINES = [line.partition(" >")[0] for line in RUN if line.startswith(("python -m", "python .ci"))]
SUITE = "python -m pip install -c constraints.txt -e '.[test]' && python -m pytest"
HOOKS = ".pre-commit-config.yaml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]-*.yml"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")


def read(path: Path | str) -> Any:  # noqa: ANN401 - any YAML
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def hooks() -> list[dict[str, Any]]:
    return [hook for repository in read(HOOKS)["repos"] for hook in repository["hooks"]]


def test_a_commit_passes_what_the_run_begins_with() -> None:
    first, *before = LINES[: LINES.index(SUITE)]
    assert first.startswith("python -m pip install ")
    assert sorted(hook["entry"] for hook in hooks()) == sorted(before)


@pytest.mark.parametrize("codes", [(0, 0), (3, 0), (0, 1)])
def test_a_fault_of_what_runs_beside_the_others_ends_the_run(
    tmp_path: Path, codes: tuple[int, int]
) -> None:
    begin = next(at for at, line in enumerate(RUN) if line.startswith("for beside in "))
    named = RUN[begin].removeprefix("for beside in ").partition(";")[0].split()
    script = ["set -euo pipefail", f"environment={shlex.quote(str(tmp_path))}"]
    script += [
        f'{{ echo {name}; exit {code}; }} >"$environment/{name}.log" 2>&1 & {name}=$!'
        for name, code in zip(named, codes, strict=True)
    ]
    script += [*RUN[begin : RUN.index("done", begin) + 1], "echo after"]
    done = subprocess.run(  # noqa: S603 - lines of our own
        ["bash", "-c", "\n".join(script)],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    shown = named[: 1 if codes[0] else 2]
    assert done.stdout.split() == shown + ["after"] * (codes == (0, 0))
    assert (done.returncode == 0) == (codes == (0, 0))


def test_the_hooks_hold_every_checker_of_the_suite() -> None:
    assert [hook["entry"] for hook in hooks()][: len(CHECKERS)] == [
        f"python -m {command}" for command in CHECKERS
    ]


def test_the_hooks_fetch_nothing_and_look_at_the_whole_tree() -> None:
    assert [repository["repo"] for repository in read(HOOKS)["repos"]] == ["local"]
    for hook in hooks():
        assert hook["language"] == "system", hook["id"]
        assert hook["pass_filenames"] is False, hook["id"]
        named = [word for word in shlex.split(hook["entry"]) if word.endswith(".py")]
        assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_rules_of_a_commit_leave_out_the_checkers_and_nothing_else() -> None:
    (rules,) = [shlex.split(hook["entry"]) for hook in hooks() if hook["id"] == "rules"]
    assert rules[rules.index("-k") + 1] == "not checker"
    tests = re.findall(
        r"^def (test_\w+)", (ROOT / rules[-3]).read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [name for name in tests if "checker" in name] == ["test_the_checker_is_content"]


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_names_each_action_by_commit_and_may_only_read(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 reads `on` as true
    lines = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert len(lines) == sum("uses" in step for step in steps(workflow))
    pinned = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    kept = [step["with"] for step in steps(workflow) if "checkout" in step.get("uses", "")]
    assert [one["persist-credentials"] for one in kept] == [False] * len(workflow["jobs"])


def test_the_workflow_runs_everything_on_three_pythons_and_keeps_what_failed() -> None:
    jobs = read(".github/workflows/ci.yml")["jobs"]
    tests = jobs["tests"]
    assert tests["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    (run,) = [step for step in tests["steps"] if "run" in step]
    assert (run["run"], run["env"]) == (".ci/run", {"PYTHON": "python"})
    (upload,) = [step for step in tests["steps"] if "upload-artifact" in step.get("uses", "")]
    assert (upload["if"], upload["with"]["path"]) == ("failure()", "test-results/")


def words(form: Any) -> list[str]:  # noqa: ANN401 - any YAML
    """Return what a form shows a reader."""
    if isinstance(form, list):
        return [said for part in form for said in words(part)]
    if not isinstance(form, dict):
        return []
    said = [form[key] for key in ("name", "label", "description") if key in form]
    if form.get("type") == "markdown":
        said.append(form["attributes"]["value"])
    return said + [one for part in form.values() for one in words(part)]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_speaks_both_languages_chinese_first(path: Path) -> None:
    said = words(read(path))
    assert len(said) > 5
    for one in said:
        chinese, latin = CHINESE.search(one), LATIN.search(one)
        assert chinese, one
        assert latin, one
        assert chinese.start() < 10, one


def test_there_is_a_form_for_a_figure_a_fault_and_a_wish() -> None:
    assert [path.stem.partition("-")[2] for path in FORMS] == ["figure", "fault", "wish"]


def test_a_wrong_figure_is_told_with_all_that_is_needed_to_check_it() -> None:
    (path,) = [path for path in FORMS if "figure" in path.stem]
    asked = {part["id"]: part for part in read(path)["body"] if part["type"] != "checkboxes"}
    assert list(asked) == ["place", "indicator", "year", "shown", "right", "publication"]
    assert all(part["validations"]["required"] for part in asked.values())
    assert "页码" in asked["publication"]["attributes"]["label"]


def test_the_checklist_of_a_change_is_that_of_contributing() -> None:
    def listed(name: str) -> list[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith("- [ ]")]

    items = listed("CONTRIBUTING.md")
    assert len(items) >= 5
    assert listed(".github/PULL_REQUEST_TEMPLATE.md") == items
    assert all(CHINESE.search(item) and LATIN.search(item) for item in items)
