"""The pages of the window; they meet in the session, never in each other."""
