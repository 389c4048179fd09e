"""In and out: workbooks and what they mean, rates files, tables as JSON and CSV."""
