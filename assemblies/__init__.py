"""The application: people, pages and tables around the core in `voting`."""
