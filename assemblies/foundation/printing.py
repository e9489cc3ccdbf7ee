"""Templates of papers, filled outside any request: what the worker and the commands print with."""

from functools import cache

from jinja2 import Environment, FileSystemLoader

from assemblies.foundation import documents, templating
from assemblies.foundation.config import ROOT


def printed(template: str, **values: object) -> bytes:
    """Return a print template as PDF/A; raises `MissingGlyph` and `FontMissing`."""
    return documents.pdf(
        _environment().get_template(template).render(**values), base=ROOT / "static"
    )


@cache
def _environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    templating.dress(environment)
    return environment
