"""Payroll: leave taken becomes pay instructions, in units of time, in batches that never change."""

from shared.runtime.service import Service
from shared.runtime.setting import Setting

MAPPING_SETTING = "PAYROLL_MAPPING"

SERVICE = Service(
    name="payroll",
    title="Payroll",
    folder="services.payroll",
    about="See what payroll has been sent about you. Payroll teams check and seal batches here.",
    settings=(
        Setting(
            MAPPING_SETTING,
            "",
            "A JSON file of pay codes, pay groups and file columns. Empty: neutral defaults.",
            "file",
        ),
    ),
)
