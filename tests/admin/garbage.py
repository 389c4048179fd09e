"""What nobody means to type, but a form can be sent."""

from tests.examples import by_database

EVERY = {
    "a NUL": "\0",
    "NULs within": "a\0b",
    "a date that is none": "2025-13-45",
    "below zero": "-5",
    "huge": "9" * 400,
    "not a number": "NaN",
    "endless": "1e999999",
    "a script": "<script>alert(1)</script>",
    "an unknown currency": "ZZZ",
    "SQL": "'; DROP TABLE tracker_pledge; --",
    "lone surrogates as browsers send them": "\ufffd\ufffe",
    "a megabyte": "x" * 2**20,
}

GARBAGE = by_database(EVERY, "NULs within", "huge", "lone surrogates as browsers send them")
