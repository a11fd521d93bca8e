"""Evidence for a scheme: what an organisation's records show area by area, and the pack of it to hand in."""
