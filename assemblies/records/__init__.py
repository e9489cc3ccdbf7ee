"""All tables, one file per family: the schema is one connected graph, readable in one place."""
