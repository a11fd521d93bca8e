"""Accreditation: training of staff, provisions for carers, self-assessments and awards under carers' schemes."""

from shared.process.service import Service

SERVICE = Service(
    name="accreditation",
    title="Training and accreditation",
    folder="services.accreditation",
    about="See which training is to be done, what your organisation has in place for carers, and its awards.",
)
