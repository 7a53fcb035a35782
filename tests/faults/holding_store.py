"""A store of files that leaves whoever asks it without an answer, at the moment at which they are to be killed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from threading import Event
from typing import Self
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HELD_FOR = 60  # seconds


@dataclass(frozen=True)
class Moment:
    """A request to the store, and all of its kind that follow; `is_done`: it is carried out, and the answer is lost."""

    method: str
    area: str = ""
    nth: int = 1
    is_done: bool = False

    def is_at(self, request: WSGIEnvironment) -> bool:
        return request["REQUEST_METHOD"] == self.method and f"/{self.area}" in request["PATH_INFO"]


class HoldingStore:
    """Stands around a store, and lets everything pass but for a moment."""

    def __init__(self) -> None:
        self.moment: Moment | None = None

    def around(self, store: WSGIApplication) -> Self:
        self.store = store
        return self

    @contextmanager
    def held(self, moment: Moment) -> Iterator[Event]:
        """Until the end of this nothing is answered from that moment on, which the event tells."""
        self.reached, self.over, self.number = Event(), Event(), count(1)
        self.moment = moment
        try:
            yield self.reached
        finally:
            self.moment = None
            self.over.set()

    def __call__(self, request: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        moment = self.moment
        if not (moment and moment.is_at(request) and next(self.number) >= moment.nth):
            return self.store(request, start_response)
        over, answer = self.over, [b""]
        if moment.is_done:
            answer = [*self.store(request, start_response)]
        else:
            start_response("503 Slow Down", [("Content-Length", "0")])
        self.reached.set()
        over.wait(HELD_FOR)
        return answer
