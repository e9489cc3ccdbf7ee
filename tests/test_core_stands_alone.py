"""The core runs where no framework, no database and no application is installed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORT_EVERYTHING_WITHOUT = """
import importlib, pkgutil, sys
for absent in sys.argv[1:]:
    sys.modules[absent] = None
import voting
for module in pkgutil.walk_packages(voting.__path__, "voting."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        print(module.name)
"""
ABSENT = [
    "assemblies",
    "flask",
    "wtforms",
    "werkzeug",
    "jinja2",
    "sqlalchemy",
    "alembic",
    "psycopg",
]


def test_the_core_imports_without_framework_database_and_application() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_EVERYTHING_WITHOUT, *ABSENT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "voting.canonical" in run.stdout.split()
