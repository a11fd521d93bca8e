"""Training, provisions, assessments and awards: values, rules and aggregates. Pure: no clock, no database, no web."""
