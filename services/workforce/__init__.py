"""Organisations, legal employers, people and their employments: what the HR system knows."""

from shared.runtime.service import Service

SERVICE = Service(
    name="workforce",
    title="Workforce",
    folder="services.workforce",
    about="See what is recorded about you at work. HR teams keep staff records here.",
)
