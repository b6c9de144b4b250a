"""Names of kinds to which other kinds refer: kinds do not import one another."""

STS_TRANSFER = "sts_transfer"
DARK_PERIOD = "dark_period"
LOITERING = "loitering"
PORT_CALL = "port_call"
IDENTITY_CHANGE = "identity_change"
SPOOFING = "spoofing"
