"""A service for tests of what all services share: it counts per person, and hears its own published events."""

from shared.runtime.service import Service

SERVICE = Service(name="probe", title="Probe", folder="tests.shared.probe")
