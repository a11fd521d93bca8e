"""What the names of the errands' API mean."""

MEANINGS: dict[str, str] = {}
