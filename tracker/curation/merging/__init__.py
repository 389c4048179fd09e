"""Making two records one: what refers to the old one, its claims, its ids, and the way back."""
