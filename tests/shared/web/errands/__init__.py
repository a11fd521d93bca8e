"""A small service for tests of the web: a person writes down an errand, a manager ticks it off."""

from shared.runtime.service import Service

SERVICE = Service(
    name="errands",
    title="Errands",
    folder="tests.shared.web.errands",
    about="Write down what you fetch for others.",
)
