"""Which periods of the rule pack a repair follows: an emergency has its own."""

EMERGENCY = "emergency"


def posting_period(path: str) -> str:
    """Name the parameter that says how long the plan hangs."""
    return "fund_emergency_posting_days" if path == EMERGENCY else "fund_posting_days"


def station_period(path: str) -> str:
    """Name the parameter that says how long a station may take."""
    return "fund_emergency_station_days" if path == EMERGENCY else "fund_station_days"
