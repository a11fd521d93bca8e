"""The demonstration's world: years of history, made by the services' own commands on a clock of their own."""
