"""Settings, the services that are installed, their wiring, and the ``carers`` command."""
