"""The organisation file: a list of organisations and their groups, read row by row, checked, and made known."""
