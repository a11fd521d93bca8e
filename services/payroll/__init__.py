"""Payroll: leave taken becomes pay instructions, in units of time, in batches that never change."""

from shared.runtime.service import Service

SERVICE = Service(
    name="payroll",
    title="Payroll",
    folder="services.payroll",
    about="See what payroll has been sent about you. Payroll teams check and seal batches here.",
)
