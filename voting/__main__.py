"""`python -m voting verify FILE`: check and recount an evidence bundle."""

from voting.cli import main

raise SystemExit(main())
