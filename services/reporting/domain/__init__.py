"""Facts, the figures made of them, returns, and the two doors figures leave by. Pure: no clock, no store."""
