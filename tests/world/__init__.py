"""A second computation of every figure from published events alone, and whole deployments held against it."""
