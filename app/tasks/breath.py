"""Long work gives the event loop its turn."""

import asyncio
import time

SECONDS = 0.04


class Breath:
    """Counts the time since the event loop had its turn."""

    def __init__(self):
        self._last = time.monotonic()

    async def taken(self):
        """Let others run if it is time; tells whether it was."""
        due = time.monotonic() - self._last > SECONDS
        if due:
            await asyncio.sleep(0.001)
            self._last = time.monotonic()
        return due
