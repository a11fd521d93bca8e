"""What names of passport's API mean: a sentence for each, ``Schema.field`` where a name means something else there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEANINGS: Final[Mapping[str, str]] = {
    "accepted": "True accepts the proposal, false leaves the passport as it is.",
    "agreed_on": "The day on which both had signed for the first time; null before.",
    "at": "The instant of the reading.",
    "capacity": "manager: read by them while they are it; named: read by the person named.",
    "consent": "The identifier of the consent.",
    "consents": "The consents that stand, in the order in which they were given.",
    "digest": "What a signature is of: it changes with every word, so that nobody signs what they have not seen.",
    "drafted_on": "The day on which it was begun.",
    "ended_on": "The day on which it ended; null before.",
    "flexibilities": "What is agreed, one arrangement after the other; only in the section flexibilities.",
    "held_on": "The day on which carer and manager talked.",
    "opens_today": "Whether the reader can read today.",
    "proposal": "The identifier of the proposal.",
    "proposals": "Proposals that the carer has not answered.",
    "proposed_on": "The day of the proposal.",
    "purpose": "What it is read for.",
    "reader": "Who can read: the identifier of a person.",
    "readings": "Readings by others, the newest first.",
    "review_asked": "Whether the carer has said that circumstances have changed.",
    "review_by": "The day by which to review it; null for none.",
    "review_due": "The day from which a review is due; null or empty before anything is agreed.",
    "reviewed_on": "The day of the last review; null before.",
    "reviews": "Why a review is due; empty where none is due.",
    "role": "The role in which it was read.",
    "section": "The short name of a section of the passport.",
    "sections": "The sections of the passport that hold something and that one may read.",
    "shared": "Whether any part can be read by whoever asks.",
    "signatures": "Who has signed what is written now.",
    "signed_on": "The day of the signature.",
    "start": "The day on which it starts; null for at once.",
    "team": "The passports of the people one manages.",
    "trial_until": "The last day of the trial; null for none.",
    "waits_for_signature": "Whether the manager's signature is missing.",
    "waits_to_be_taken_over": "Whether it came from another organisation and the new manager has not accepted it yet.",
    "End.reason": "Why it ends, from the list; sealed, and told to nobody.",
    "Passport.state": "drafted, conversation-held, agreed, reviewed, transferred or ended.",
    "Transfer.consent": "True: the carer wants to take the passport with them.",
    "Transfer.organisation": "The short name of the organisation in which the carer works now.",
}
