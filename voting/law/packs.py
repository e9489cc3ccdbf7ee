"""Rule packs: the law of one floor (the nation, a province, a city) as cited, dated data."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from voting.canonical import JSON, Fields
from voting.errors import Malformed, NoSuchRule
from voting.law.citations import Citation
from voting.law.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Pack:
    """The parameters of one floor, and the name of the pack it stands on ("" for none)."""

    name: str
    title_zh: str
    below: str
    parameters: tuple[Parameter, ...]

    @classmethod
    def named(cls, name: str) -> "Pack":
        """Read one pack; raises `NoSuchRule`."""
        return _read(name)

    def floors(self) -> "tuple[Pack, ...]":
        """Return this pack and all below it, the lowest first."""
        return (*(Pack.named(self.below).floors() if self.below else ()), self)

    def in_force(self, on: date) -> tuple[Parameter, ...]:
        """Return what holds on a date."""
        return tuple(parameter for parameter in self.parameters if parameter.in_force(on))


@cache
def _read(name: str) -> Pack:
    path = files("voting.law").joinpath("packs", f"{name}.toml")
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise NoSuchRule(f"no rule pack {name!r}")
    fields = Fields(_plain(tomllib.loads(path.read_text("utf-8"))), name)
    pack = Pack(
        name,
        fields.text("title"),
        fields.text("below"),
        tuple(_parameter(name, entry) for entry in fields.list("parameter")),
    )
    fields.done()
    return pack


def _parameter(pack: str, entry: JSON) -> Parameter:
    """Read one entry; what an entry leaves out is said here once."""
    if not isinstance(entry, dict):
        raise Malformed(f"{pack}: an entry that is no table")
    value = {"until": None, "clause": "", "pack": pack, **entry}
    name = str(value.pop("name"))
    cited = [str(citation) for citation in Fields(value, name).list("citations")]
    return Parameter.from_json(name, value, {x: Citation.named(x) for x in cited})


def _plain(value: object) -> JSON:
    """Turn TOML's dates into text; everything else is JSON already."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise Malformed(f"no place for {value!r} in a rule pack")
