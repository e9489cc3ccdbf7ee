"""Room: objections to the result, certification by the street, publication under a number."""
