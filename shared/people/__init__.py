"""The people view that every service keeps from workforce's events: who works where, for whom, on a day."""
