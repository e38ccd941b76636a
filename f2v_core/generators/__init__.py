"""Every method that makes a clip from a pair, behind one contract."""
