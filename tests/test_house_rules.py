"""Rules of this house that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(
    path
    for folder in ("voting", "assemblies", "bench", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
CORE = [path for path in CODE if path.is_relative_to(ROOT / "voting")]
APPLICATION = [path for path in CODE if path.is_relative_to(ROOT / "assemblies")]
FLOORS = {"foundation", "records", "migrations"}
SHARED_TEMPLATES = {"macros", "print", "errors"}
LONGEST_FILE = 300
NAMES_OF_NOTHING = re.compile(r"(utils?|helpers?|common|manager.*|misc)\.py")
# "Law: civil-code art. 278 para. 2" in a docstring names articles/civil-code-278.md.
CITED = re.compile(r"([a-z][a-z0-9-]*) art\. (\d+(?:-\d+)?)")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


LAW = [
    pytest.param(function, id=f"{path.stem}.{function.name}")
    for path in sorted((ROOT / "voting" / "law").glob("*.py"))
    for function in public_functions(path)
]


@pytest.mark.parametrize("function", LAW)
def test_a_rule_of_law_names_its_article(function: ast.FunctionDef) -> None:
    known = {path.stem for path in (ROOT / "voting" / "law" / "articles").glob("*.md")}
    _, marker, citation = (ast.get_docstring(function) or "").partition("Law: ")
    cited = {f"{act}-{article}" for act, article in CITED.findall(citation)}
    assert marker, "names no law"
    assert cited, f"its law cannot be read: {citation!r}"
    assert cited <= known, f"cites what is not in voting/law/articles: {cited - known}"


@pytest.mark.parametrize("path", CORE, ids=name)
def test_the_core_counts_without_floats(path: Path) -> None:
    assert [ast.unparse(node) for node in ast.walk(tree(path)) if makes_a_float(node)] == []


def makes_a_float(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float | complex)
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "float"


def test_every_file_is_named_for_a_thing() -> None:
    assert [name(path) for path in CODE if NAMES_OF_NOTHING.fullmatch(path.name)] == []


def test_no_private_key_is_tracked() -> None:
    assert git("ls-files"), "not a git checkout: this cannot be tested"
    assert git("grep", "-lI", "-e", "-----BEGIN [A-Z ]*PRIVATE KEY").split() == []
    tracked = git("ls-files", "*.pem", "*.key", "*.p12", "keys/").split()
    allowed = re.compile(r"keys/(\.gitignore|README\.md|public/[^/]+\.pem)")
    assert [path for path in tracked if not allowed.fullmatch(path)] == []


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_file_opens_with_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "no docstring"


@pytest.mark.parametrize("path", [*CORE, *APPLICATION], ids=name)
def test_a_file_fits_in_a_head(path: Path) -> None:
    if path.is_relative_to(ROOT / "assemblies" / "migrations"):
        return
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST_FILE, "split it by noun"


@pytest.mark.parametrize("path", [p for p in CODE if p.name == "__init__.py"], ids=name)
def test_a_package_is_a_docstring(path: Path) -> None:
    """Only the core's root hands out names."""
    if path != ROOT / "voting" / "__init__.py":
        assert len(tree(path).body) == 1


def test_every_room_has_its_templates_and_nothing_else_has() -> None:
    rooms = {path.parent.name for path in (ROOT / "assemblies").glob("*/__init__.py")} - FLOORS
    shown = {room for room in rooms if _draws_pages(ROOT / "assemblies" / room)}
    folders = {path.name for path in (ROOT / "templates").iterdir() if path.is_dir()}
    assert folders <= rooms | SHARED_TEMPLATES, "a template folder without a room"
    assert shown <= folders, "a room without templates"


def _draws_pages(room: Path) -> bool:
    return any("render_template" in path.read_text("utf-8") for path in room.glob("*views.py"))


def test_the_readme_names_every_make_target() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [target for target in targets if f"make {target}" not in readme] == []
