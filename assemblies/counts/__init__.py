"""Room: closing on time, opening the ballots, counting them, and ruling on single ones."""
