"""The way of published events. With each ``service.py`` the only importer of nameko, kombu and eventlet."""
