"""The core: what the law and the ballots say, so that a stranger can read it and recount."""
