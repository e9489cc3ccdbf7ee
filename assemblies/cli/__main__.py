"""`python -m assemblies.cli COMMAND`."""

import sys

from assemblies.cli.commands import main

sys.exit(main())
