"""Simulated vessels with known truth: stories as readable files, and traffic on real coasts.

A story (`story.py`, `stories/`) is a few vessels as waypoints, with what should be found and why.

Traffic (`traffic.py`) is a physical generator, not the model that judges gaps: vessels on routes that
avoid land, transponders that send by ITU-R M.1371, shore stations whose range varies, satellites that
pass, outages, poor transponders, a delivered box. It imports nothing from the detectors but the columns of
reports and metres per degree, so that no constant is shared with what it tests. Everything is a function
of the settings and of their seed; no file is written.

    from app.simulator.settings import TrafficSettings
    from app.simulator.traffic import make_traffic

    traffic = make_traffic(TrafficSettings(seed=1, days=2, ships=60), load_world())

`traffic.reports` and `traffic.statics` are what was delivered, `traffic.truth` what happened (`truth.py`
names every label), `traffic.paths` and `traffic.sent` where each vessel was and when its transponder was on.
`tables.py` writes them as CSV.
"""
