"""How a process that `serve` started ends with it, also where `serve` is killed outright."""

import ctypes
import signal
from collections.abc import Sequence

ATTACHED = "--attached"
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(arguments: Sequence[str]) -> None:
    """Have Linux end this process with the one that started it, if it was asked to."""
    if ATTACHED in arguments:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
