"""The sources of the stylesheet, and the command that builds it."""
