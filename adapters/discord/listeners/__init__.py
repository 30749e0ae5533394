"""What Discord tells us, and what becomes of it: one module for each part of Discord that people use."""
