"""Reporting: what a department's events say about its progress, and what all departments' say together."""

from shared.runtime.service import Service

SERVICE = Service(
    name="reporting",
    title="Reporting",
    folder="services.reporting",
    about="See what organisations do for carers, and how much carer’s leave is taken: yours and others.",
)
