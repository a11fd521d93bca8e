"""What every process stands on: settings, a service's record and its wiring, logs, migration, supervision."""
