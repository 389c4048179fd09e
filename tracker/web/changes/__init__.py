"""What changed, and why: change sets, and what became of a table between two moments."""
