"""Raw AIS: NMEA 0183 sentences with what receivers and loggers write around them."""
