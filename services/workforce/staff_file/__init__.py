"""The staff file: what an HR system exports, read row by row, checked, and brought into workforce."""
