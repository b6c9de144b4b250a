"""Who would have been heard: learnt from the received traffic itself.

The definition, in words and with its limits, is docs/definitions/reception.md.
"""
