"""The demonstration: five conventions, those who live by them, and what became of their words."""
