"""The desk: blank paper ballots are printed, and filled ones keyed in, sealed in the browser."""
