"""Services of the repairs room: the steps of a project, one file for each stretch of its way."""
