"""How every template of the house is set up: strict, and able to say numbers in Chinese."""

from jinja2 import Environment, StrictUndefined

from assemblies.foundation import pictures, wording

FILTERS = {
    "heads": wording.heads_text,
    "area": wording.area_text,
    "money": wording.money_text,
    "day": wording.day_text,
    "short_day": wording.short_day_text,
    "moment": wording.moment_text,
    "file_size": wording.file_size_text,
    "grouped": wording.grouped_text,
    "masked": wording.masked_text,
}


def dress(environment: Environment) -> None:
    """Give an environment the house's filters and make an unknown name an error."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS)
    environment.globals["missing_text"] = pictures.missing_text
    environment.globals["width_of"] = pictures.width_of
