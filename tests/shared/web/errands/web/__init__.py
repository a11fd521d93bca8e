"""Errands for people and programs."""
