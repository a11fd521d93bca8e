"""Carer's leave: notices, the rolling window, days taken and corrected."""

from shared.runtime.service import Service

SERVICE = Service(
    name="leave",
    title="Leave",
    folder="services.leave",
    about="Ask for carer’s leave, see what is left, answer your team’s requests.",
)
