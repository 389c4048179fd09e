"""The program that looks for what keeps people with a keyboard or a screen reader out of a page."""

from pathlib import Path

AXE = (Path(__file__).parent / "web" / "assets" / "axe.min.js").read_text()
"""axe-core, to be run in a page."""
