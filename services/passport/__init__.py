"""The Carer's Passport: what a carer and their manager have agreed, who may read which part, and who has looked."""

from shared.runtime.service import Service

SERVICE = Service(
    name="passport",
    title="Passport",
    folder="services.passport",
    about="Write down what you and your manager agree, choose who can read it, and see who has read it.",
)
