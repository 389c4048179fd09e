"""In and out: rates files, tables as JSON and CSV."""
