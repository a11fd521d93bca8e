"""Pay lines: quantities, the ledger of days, batches. Pure: no clock, no SQL, no web."""
