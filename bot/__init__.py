"""Floor 2: the platform-neutral core. Its one face is `bot.newsroom.Newsroom`."""

import os

# Numpy's small products take no less time on several processors, whose threads meanwhile wait busily for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
