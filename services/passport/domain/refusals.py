"""The refusals of a passport, one sentence each that says what to do next. None repeats what was written."""

from __future__ import annotations

from collections.abc import Sequence

from shared.kernel.errors import ErasedError, InvalidError, NotFoundError, RefusedError


def erased() -> ErasedError:
    """The person was forgotten."""
    return ErasedError("This person's record has been erased, so nothing can be added to it.")


def no_passport() -> NotFoundError:
    """The person has no passport, or none that could be known of."""
    return NotFoundError("There is nothing here that you can see. Check the address, or go back to the start page.")


def not_employed() -> RefusedError:
    """A passport is agreed between a carer and their manager at work."""
    return RefusedError(
        "You cannot start a passport, because you are not recorded as employed today. Ask HR to check your record.",
        code="not-employed",
    )


def already_begun() -> RefusedError:
    """One passport at a time."""
    return RefusedError("You already have a passport. Change that one, or end it first.", code="already-begun")


def no_such_section() -> InvalidError:
    """A name that is no section."""
    return InvalidError("A passport does not have this part. Choose one that it has.", code="no-such-section")


def wrong_value(section: str) -> InvalidError:
    """What was sent cannot stand in this section."""
    return InvalidError("You cannot enter this in this part. Check what you entered.", section=section)


def too_long(most: int) -> InvalidError:
    """Longer than a conversation needs."""
    return InvalidError(f"Use {most} characters or fewer.", code="too-long")


def too_many(most: int) -> InvalidError:
    """More things agreed than anybody could keep to."""
    return InvalidError(f"You can add up to {most} arrangements. Combine some of them.", code="too-many")


def ends_before_it_starts() -> InvalidError:
    """An arrangement or a consent that is over before it begins."""
    return InvalidError(
        "The end date must be on or after the start date. Check both dates.", code="ends-before-it-starts"
    )


def only_the_carer() -> RefusedError:
    """Only the carer writes, consents, withdraws and ends."""
    return RefusedError("Only the carer can do this. As their manager you can propose a change.", code="only-the-carer")


def only_the_manager() -> RefusedError:
    """Nobody signs for the other side, and nobody is their own manager here."""
    return RefusedError("Only somebody who manages the carer today can do this.", code="only-the-manager")


def ended() -> RefusedError:
    """The passport has ended, or there never was one."""
    return RefusedError("This passport has ended. The carer can start a new one.", code="ended")


def held_in_future() -> InvalidError:
    """A conversation that has not taken place."""
    return InvalidError("The date of the conversation must be today or in the past.", code="in-the-future")


def held_before_draft() -> InvalidError:
    """A conversation from before this passport was begun by more than a year is not about it."""
    return InvalidError("Enter the date of the conversation about this passport.", code="too-long-ago")


def held_already() -> RefusedError:
    """The conversation is recorded, and the passport has gone on from there."""
    return RefusedError("The conversation is already recorded. Go on to check and sign.", code="held-already")


def talk_first() -> RefusedError:
    """A passport is agreed in a conversation."""
    return RefusedError(
        "You cannot sign yet. First record the date when the carer and manager talked about it.", code="talk-first"
    )


def incomplete(sections: Sequence[str]) -> RefusedError:
    """Too little is written to be agreed."""
    return RefusedError(
        "You cannot sign yet. First write how caring affects work, and what is or is not agreed.",
        code="incomplete",
        sections=list(sections),
    )


def changed_since() -> RefusedError:
    """The version that was shown is not the one that there is."""
    return RefusedError("The passport has changed since you read it. Read it again, then sign.", code="changed-since")


def signed_already() -> RefusedError:
    """One signature a side and version."""
    return RefusedError("You have already signed this version. The other person signs next.", code="signed-already")


def share_all_first() -> RefusedError:
    """A manager signs what they can read and nothing else."""
    return RefusedError(
        "A manager can only sign what they can read. The carer must first share every part that is filled in.",
        code="share-all-first",
    )


def not_for_managers() -> RefusedError:
    """What is about the caring itself is the carer's alone."""
    return RefusedError(
        "Only the carer can write this part. You can propose changes to the parts about work.", code="carers-own"
    )


def no_such_proposal() -> NotFoundError:
    """No proposal that waits for an answer."""
    return NotFoundError("This proposal has already been answered, or does not exist. Go back to your passport.")


def nothing_proposed() -> RefusedError:
    """A proposal of what is written already."""
    return RefusedError("This is already written. Propose something else.", code="not-changed")


def overtaken() -> RefusedError:
    """The section was changed after the proposal, which would undo that."""
    return RefusedError(
        "You cannot accept this change, because you changed this part after it was proposed. Decline it, and change "
        "the part yourself if you agree.",
        code="overtaken",
    )


def reason_missing() -> InvalidError:
    """A proposal needs a reason."""
    return InvalidError("Enter why you are proposing this.", code="reason-missing")


def nothing_changed() -> RefusedError:
    """What is written is what was agreed."""
    return RefusedError("There are no changes to undo: the passport is as it was agreed.", code="not-changed")


def not_agreed_yet() -> RefusedError:
    """Only what has been agreed is reviewed or taken along."""
    return RefusedError(
        "This passport is not agreed yet. The carer and the manager must both sign it first.", code="not-agreed-yet"
    )


def not_settled() -> RefusedError:
    """It was taken along, and the new manager has not answered."""
    return RefusedError(
        "You cannot change this passport yet. The new manager must first accept it or propose a change.",
        code="waits-for-new-manager",
    )


def not_waiting() -> RefusedError:
    """There is nothing to take over."""
    return RefusedError(
        "There is nothing to accept: this passport has not come from another organisation.", code="not-waiting"
    )


def share_with_oneself() -> RefusedError:
    """One's own passport is open to oneself anyway."""
    return RefusedError("You can already read your own passport. Choose somebody else.", code="share-with-oneself")


def nobody_there() -> RefusedError:
    """A reader who does not work in the organisation that the passport belongs to."""
    return RefusedError(
        "Nobody in your organisation has this staff number today. Check the number.", code="nobody-there"
    )


def no_sections() -> InvalidError:
    """A consent to nothing."""
    return InvalidError("Choose at least one part to share.", code="no-sections")


def purpose_missing() -> InvalidError:
    """A consent says what for."""
    return InvalidError("Enter why you are sharing it.", code="purpose-missing")


def over_already() -> InvalidError:
    """A consent that ended before it was given."""
    return InvalidError("The last day must be today or later.", code="over-already")


def no_such_consent() -> NotFoundError:
    """No consent that stands."""
    return NotFoundError("You have already stopped sharing this, or it does not exist. Go back to the list.")


def not_moved() -> RefusedError:
    """The carer works where the passport is."""
    return RefusedError(
        "Your passport stays where it is: you are not recorded as working in another organisation.", code="not-moved"
    )


def no_manager_there() -> RefusedError:
    """Nobody could take the passport over."""
    return RefusedError(
        "Your new organisation has not recorded your manager yet. Ask HR there, then try again.", code="no-manager"
    )


def no_such_reason() -> InvalidError:
    """A reason that is not on the list."""
    return InvalidError("Choose one of the reasons.", code="no-such-reason")
