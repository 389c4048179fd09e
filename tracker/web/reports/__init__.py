"""What readers report, and what contributors say of their figures: forms without an account, and public answers."""
