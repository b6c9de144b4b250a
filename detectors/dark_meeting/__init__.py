"""Dark meetings: candidates that may have met a vessel in a dark period."""

from __future__ import annotations

from detectors.core.kind_names import DARK_PERIOD, LOITERING, PORT_CALL, STS_TRANSFER
from detectors.dark_meeting.linker import NAME, link
from detectors.dark_meeting.measures import MEASURES
from detectors.dark_meeting.params import DarkMeetingParams
from detectors.dark_meeting.sentence import sentence
from detectors.dark_meeting.weights import PRIOR, RULES
from detectors.kind import Kind

KIND = Kind(
    name=NAME,
    title="Dark meeting",
    params=DarkMeetingParams,
    link=link,
    measures=MEASURES,
    prior=PRIOR,
    rules=RULES,
    sentence=sentence,
    decided_by=(DARK_PERIOD, LOITERING, STS_TRANSFER, PORT_CALL),
)
