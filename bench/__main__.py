"""`python -m bench`: measure everything, print a table, write out/bench.json."""

import argparse
import sys
from pathlib import Path

from assemblies.foundation.config import ROOT
from bench.measuring import measure
from bench.sizes import FULL, TINY


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="众决: speed and size")
    parser.add_argument("--tiny", action="store_true", help="a few of everything, to try it out")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench.json")
    asked = parser.parse_args()
    sizes = TINY if asked.tiny else FULL
    found = measure(sizes, lambda said: print(f"measuring: {said}", file=sys.stderr, flush=True))
    found.write(asked.out)
    print(found.table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
