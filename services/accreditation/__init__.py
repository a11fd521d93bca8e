"""Accreditation: training of staff, provisions for carers, self-assessments and awards under carers' schemes."""

from shared.runtime.service import Service

SERVICE = Service(
    name="accreditation",
    title="Training and accreditation",
    folder="services.accreditation",
    about="See the training you must take, what your organisation has in place for carers, and its awards.",
)
