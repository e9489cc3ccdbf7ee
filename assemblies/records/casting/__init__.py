"""Taking a ballot, whichever way it comes: who votes, what is asked, which keys, what is logged."""
