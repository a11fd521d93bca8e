"""What is sent and answered about errands."""

from shared.web import fields
from shared.web.schemas import AnswerSchema, Schema

PARTS = {"whole": "Whole day", "am": "Morning", "pm": "Afternoon"}


class StopSchema(Schema):
    """A place on the way."""

    day = fields.Date(required=True, label="the day of the stop")
    minutes = fields.Whole(min=1, max=600, load_default=10)


class WriteSchema(Schema):
    """An errand."""

    day = fields.Date(required=True, error_messages={"required": "Enter the day of the errand"})
    part = fields.Choice(PARTS, required=True, error_messages={"required": "Choose how much of the day"})
    note = fields.Text(max=200, lines=True, label="a note")
    weight = fields.Decimal()
    stops = fields.List(fields.Nested(StopSchema))
    tags = fields.List(fields.Choice({"heavy": "Heavy", "far": "Far"}))
    urgent = fields.Flag(load_default=False)


class WrittenSchema(AnswerSchema):
    """What was written."""

    errand = fields.Identifier()


class ErrandSchema(Schema):
    """An errand as it is shown."""

    day = fields.Date()
    part = fields.Text(max=10)
    weight = fields.Decimal()


class SearchSchema(Schema):
    """How to look for errands."""

    day = fields.Date()
    limit = fields.Whole(min=1, max=100, load_default=50)
