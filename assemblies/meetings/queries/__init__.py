"""The reads of committee meetings, as values for pages and papers."""
