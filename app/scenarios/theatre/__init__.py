"""A theatre: traffic with known truth on real coasts, and what a customer would have received of it.

A physical generator, not the model that judges silences: ships on routes that avoid land, sets that send by
ITU-R M.1371, shore stations whose range wanders, satellites that pass, outages, poor sets, a bought box. It
imports nothing from the detectors but the columns of reports and metres per degree, so that no constant is
shared with what it tests. Everything is a function of the settings and of their seed; no file is written.

    from app.scenarios.theatre.make import make_theatre
    from app.scenarios.theatre.settings import TheatreSettings

    theatre = make_theatre(TheatreSettings(seed=1, days=2, ships=60), load_world())

`theatre.reports` and `theatre.statics` are what was delivered, `theatre.truth` what happened
(`truth.py` names every label), `theatre.paths` and `theatre.sent` where each ship was and when her set was
on. `tables.py` writes them as CSV.
"""
