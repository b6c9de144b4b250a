"""Simulated vessels with known truth: stories as readable files, and traffic on real coasts.

A story (`story.py`, `stories/`) is a few vessels as waypoints, with what should be found and why.

Traffic (`traffic.py`) is a physical generator, not the model that judges gaps: vessels on routes that
avoid land, transponders that send by ITU-R M.1371, shore stations whose range wanders, satellites that
pass, outages, poor transponders, a bought box. It imports nothing from the detectors but the columns of
reports and metres per degree, so that no constant is shared with what it tests. Everything is a function
of the settings and of their seed; no file is written.

    from app.simulator.settings import TheatreSettings
    from app.simulator.traffic import make_theatre

    theatre = make_theatre(TheatreSettings(seed=1, days=2, ships=60), load_world())

`theatre.reports` and `theatre.statics` are what was delivered, `theatre.truth` what happened (`truth.py`
names every label), `theatre.paths` and `theatre.sent` where each vessel was and when its transponder was on.
`tables.py` writes them as CSV.
"""
