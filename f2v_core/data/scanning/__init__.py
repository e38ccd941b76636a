"""Which videos there are, what their folders mean, and how they are split."""
