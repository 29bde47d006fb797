# SPDX-License-Identifier: EUPL-1.2
"""`make mutate`: change the judging code in hundreds of small ways, and see which the tests do not notice.

mutmut (in an environment of its own) changes the bodies of functions in a copy of the project. It leaves decorated
functions alone, so the copy says the same without decorators; and without the cache of dates, which would answer for
the changed code with what it knew before.

    make mutate                                          all of it, which takes an hour
    make mutate ONLY="terms/term.py judge/walk.py"       these modules
"""

import re
import subprocess
import sys
from pathlib import Path
from shutil import rmtree

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = Path("casework/domain")
MUTATED = (
    "terms/*.py",
    "judge/assess.py",
    "judge/flow.py",
    "judge/guards.py",
    "judge/standing.py",
    "judge/step_clocks.py",
    "judge/walk.py",
)
COPIED = (
    "casework",
    "crypto",
    "intake",
    "deploy",
    "tests/cases",
    "tests/support",
    "tests/conftest.py",
    "pyproject.toml",
)
# Some look at more than the code; the others draw hundreds of cases, or walk all the roads, for every change.
LEFT_OUT = (
    "test_domain_imports.py",
    "test_protocol*.py",
    "test_drawing*.py",
    "test_case_properties.py",
    "test_properties_*.py",
    "test_scenarios.py",
    "test_scenarios_figures.py",
)
_DECORATED = re.compile(
    r"^(?P<indent> *)@(?P<decorator>property|cached_property)\n"
    r" *def (?P<name>\w+)(?P<rest>.*\n(?:(?P=indent) .*\n|\n)*)",
    re.MULTILINE,
)
_RESULT = re.compile(r"^ *(\S+): (\w.*)$", re.MULTILINE)


def main(folder: Path, only: list[str]) -> None:
    """Mutate in `folder`, which has mutmut in `venv`, and print what was not noticed."""
    copy = folder / "copy"
    rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    copy_project(copy)
    modules = [path for name in only or MUTATED for path in (copy / DOMAIN).glob(name)]
    for module in modules:
        module.write_text(undecorated(module.read_text()))
    (copy / "setup.cfg").write_text(settings([str(module.relative_to(copy)) for module in modules], copy))
    mutmut = [folder.resolve() / "venv/bin/mutmut"]
    subprocess.run([*mutmut, "run", "--max-children", "1"], cwd=copy, check=True)
    results = subprocess.run(
        [*mutmut, "results", "--all", "True"], cwd=copy, check=True, capture_output=True, text=True
    )
    found = _RESULT.findall(results.stdout)
    for name, status in found:
        if status != "killed":
            print(f"\n{status}: {name}")
            subprocess.run([*mutmut, "show", name], cwd=copy, check=False)
    print(f"killed: {sum(status == 'killed' for _, status in found)} of {len(found)}")


def copy_project(to: Path) -> None:
    """Copy the tracked files that the tests of cases need."""
    listed = subprocess.run(["git", "ls-files", "-z", *COPIED], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in listed.stdout.split("\0"):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes((ROOT / name).read_bytes())


def undecorated(source: str) -> str:
    """Return the same module with properties written as plain functions, and without the cache of dates."""
    plain = r"\g<indent>def \g<name>_plain\g<rest>\g<indent>\g<name> = \g<decorator>(\g<name>_plain)\n\n"
    return re.sub(r"(?m)^@lru_cache\(.*\)\n(?=def _dates)", "", _DECORATED.sub(plain, source))


def settings(modules: list[str], copy: Path) -> str:
    """Return mutmut's settings: what to change, and with which tests to look."""
    slow = {path.name for pattern in LEFT_OUT for path in (copy / "tests/cases").glob(pattern)}
    tests = sorted(
        f"tests/cases/{path.name}" for path in (copy / "tests/cases").glob("test_*.py") if path.name not in slow
    )
    keys = {
        "source_paths": [str(DOMAIN)],
        "only_mutate": modules,
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": ["-n0", "-p", "no:cacheprovider"],
        "also_copy": ["casework", "crypto", "intake", "deploy", "tests", "pyproject.toml"],
    }
    lines = (f"{key} =\n" + "".join(f"    {value}\n" for value in values) for key, values in keys.items())
    return "[mutmut]\n" + "".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
