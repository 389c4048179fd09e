"""Likely twins: which pledges of the desk look like one, and the kept list of them."""
