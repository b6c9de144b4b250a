"""Reception: which vessels would have been received, learnt from the received traffic itself.

The definition and its limits are in docs/definitions/reception.md.
"""
