"""A whole convention as one file, out and in again: the shelf behind two commands.

`tables*` say what is exported and under which name; `writing` composes the file; `reading` checks
one that came from elsewhere. `reporting.actions.import_convention` writes it into the database.
"""
