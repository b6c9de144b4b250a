"""False identities and false positions, and innocent reports that look like them."""
