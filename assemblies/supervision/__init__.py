"""The supervision room."""
