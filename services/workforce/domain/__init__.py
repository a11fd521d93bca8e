"""Who employs whom, where, on which terms and from when. Pure: no database, no clock, no web."""
