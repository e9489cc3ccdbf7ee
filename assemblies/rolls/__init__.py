"""Room: the draft roll and objections to it, the freeze, and the voters' letters (SD 22, 25)."""
