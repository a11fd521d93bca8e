"""The errands pages."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from shared.web.access import allow
from shared.web.actor import current_actor
from shared.web.commands import run
from tests.shared.web.errands.commands import Write
from tests.shared.web.errands.web.access import ACCESS
from tests.shared.web.errands.web.acts import WRITE

blueprint = Blueprint("errands", __name__, url_prefix="/errands", template_folder="templates")


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """One's errands."""
    allow(ACCESS, current_actor(), "read", {"own"})
    return render_template("errands/overview.html")


@blueprint.route("/new", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """Write down an errand."""
    let, form = WRITE.let(), WRITE.form()
    if done := WRITE.submit(form, let, lambda _: (url_for("errands.overview"), "Your errand is written down")):
        return done
    return render_template("errands/write.html", form=form), form.status


@blueprint.get("/open")
def forgot_to_check() -> ResponseReturnValue:
    """A page whose author forgot the access check."""
    return "secret"


@blueprint.post("/open")
def command_without_check() -> ResponseReturnValue:
    """A command whose author forgot the access check."""
    run("errands", Write(None, "am", ""))  # type: ignore[arg-type]
    return "done"
