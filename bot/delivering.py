"""What channels get by themselves, posted once: what is due is opened, claimed, sent and recorded, and looked up afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.callers import Channel
from bot.digesting import Digesting
from bot.digests.outcomes import Pace
from bot.errors import NotFound
from bot.posting import Poster
from bot.replies import DeliveryView, Reply
from bot.watching import Watching
from storage.database import Database, Session
from storage.records import Figures, StoredDelivery, StoredSubscription


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the deliveries that one call handled. Those put back are tried again."""

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    uncertain: int = 0
    put_back: int = 0


class Delivering:
    """Posts what is due in any number of processes at once: each delivery is posted by one of them, once."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], digesting: Digesting, watching: Watching, pace: Pace | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._digesting = digesting
        self._watching = watching
        self._pace = pace or Pace()

    async def tick(self, process: str) -> None:
        """Write down that this process looks for what is due; forget old deliveries once in a while. Raises StorageError."""

    async def deliver(self, posters: Mapping[str, Poster], process: str) -> Tally:
        """Post all that is due on the platforms that are ready, until nothing is. `process` tells this process from all others.

        Trouble of the store is logged, and what it held up is tried again. If cancelled, what is being sent is given some seconds.
        """
        return Tally()

    async def figures(self, workspace: tuple[str, str] | None = None) -> Figures:
        """What was delivered in the last day and waits now, of one workspace (its platform and id) or of all."""
        raise NotFound("Nothing is known yet.")

    async def open_now(self, session: Session, subscription: StoredSubscription, now: datetime) -> bool:
        """Have a subscription's post come now, whatever its schedule; False where one is being sent. For one that runs and is not muted."""
        return False

    async def listed(self, number: int | None = None, place: Channel | None = None) -> tuple[DeliveryView, ...]:
        """The newest deliveries, newest first: of the subscription with this number, or of a channel, or of all."""
        return ()

    async def held(self, delivery: int) -> tuple[StoredDelivery, StoredSubscription]:
        """A delivery with its subscription. Raises NotFound where it is gone or its subscription has ended."""
        raise NotFound(f"There is no delivery {delivery}.")

    async def whole(self, delivery: int) -> Reply:
        """All of what a delivery holds, as the store has it now. Raises NotFound."""
        raise NotFound(f"There is no delivery {delivery}.")
