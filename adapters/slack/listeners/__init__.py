"""What Slack tells us, and what becomes of it: one module for each part of Slack that people use."""
