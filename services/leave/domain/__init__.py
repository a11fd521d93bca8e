"""Carer's leave: values, rules and the leave account. Pure: no clock, no database, no web."""
