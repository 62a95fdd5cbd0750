"""newsdigest."""
