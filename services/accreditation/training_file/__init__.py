"""The training file: what a learning system exports, read row by row, checked, and brought into accreditation."""
