"""Port calls in the DPRK, Vostochny and Nakhodka."""
