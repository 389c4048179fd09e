"""Public pages, which read the shelf only."""
