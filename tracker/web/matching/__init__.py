"""Names of others matched to our records, as the reconciliation API asks that OpenRefine and other tools speak."""
