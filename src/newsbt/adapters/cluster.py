"""A dask.distributed cluster: the only module that touches dask."""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, Final, TypeAlias

from newsbt.adapters.cluster_address import CONNECT_S, checked_address, reach
from newsbt.adapters.cluster_versions import CODE, PACKAGES, code_digest, disagreement, installed
from newsbt.errors import InputError

#: Those of dask, whose methods have no types; loaded when there is a cluster.
Client: TypeAlias = Any
Future: TypeAlias = Any

__all__ = ["Cluster", "open_cluster", "worker_folder"]

#: Seconds that a search waits for a new worker when the last one is gone.
PATIENCE_S: Final = 60.0
#: Seconds between two looks at whether the cluster is still there.
LOOK_S: Final = 2.0
#: Times that work is handed out again after every worker that held the inputs died.
ATTEMPTS: Final = 5
LOUD: Final = (
    "distributed",
    "distributed.client",
    "distributed.comm",
    "distributed.core",
    "tornado.application",
)
GO_ON: Final = "a saved search keeps its trials: go on with newsbt tune --resume"


@contextlib.contextmanager
def open_cluster(address: str | None) -> Iterator[Cluster | None]:
    """The cluster at `address`, closed at the end; None where there is no address."""
    if address is None:
        yield None
        return
    cluster = Cluster(address)
    try:
        yield cluster
    finally:
        cluster.close()


class Cluster:
    """A connection to a scheduler whose workers can run this very newsbt.

    Parameters
    ----------
    address : str
        As ``tcp://HOST:PORT``; ``tls://`` with the certificates of dask's own configuration.

    Raises
    ------
    InputError
        If dask is not installed, nobody answers there, there are no workers, or they or the scheduler have
        other versions.
    """

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError as error:
            raise InputError(
                "--cluster needs dask.distributed, which is not installed; install newsbt with its extra"
                " cluster: pip install 'newsbt[cluster]'"
            ) from error
        self.address = checked_address(address)
        self._levels = {name: logging.getLogger(name).level for name in LOUD}
        for name in LOUD:  # what goes wrong is said in one sentence, below
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._client: Client = None
        try:
            self._check_certificates()
            reach(self.address)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)
                self._client = self._connected()
            self._check()
        except InputError:
            self.close()
            raise
        except Exception as error:  # whatever it is that answers there
            self.close()
            raise InputError(
                f"what answers at {self.address} is no dask scheduler that this distributed"
                f" {installed()['distributed']} can talk to ({_first_line(error)}); give the scheduler's own"
                " address, not that of its dashboard, and run the same versions"
            ) from error
        self._sent: dict[str, Future] = {}

    @property
    def client(self) -> Client:
        """The dask client, while the connection is open."""
        if self._client is None:
            raise InputError(f"the connection to {self.address} is closed")
        return self._client

    @property
    def threads(self) -> int:
        """Threads of all workers now; at least 1."""
        return max(1, int(sum(self.client.nthreads().values())))

    def map(
        self, task: Callable[[str, bytes, Any], Any], key: str, payload: bytes, pieces: Sequence[Any]
    ) -> list[Any]:
        """``[task(key, payload, piece) for piece in pieces]``, run by the workers.

        Parameters
        ----------
        task : callable
            A function of newsbt; only its name is sent.
        key : str
            Of `payload`, which is sent to every worker the first time, and again when all copies were lost.
        payload : bytes
        pieces : sequence
            One task each. What a worker that died was at is done again by another.

        Raises
        ------
        InputError
            If the cluster is gone, or several workers died at the same piece.
        KeyboardInterrupt
            After what waits has been taken from the cluster.
        """
        found: dict[int, Any] = {}
        for _ in range(ATTEMPTS):
            futures: dict[int, Future] = {}
            try:
                with self._translated():
                    held = self._held(key, payload)
                    for place, piece in enumerate(pieces):
                        if place not in found:
                            futures[place] = self.client.submit(task, key, held, piece, pure=False)
                    self._await(list(futures.values()))
                    done = {place: future for place, future in futures.items() if future.status == "finished"}
                    found.update(zip(done, self.client.gather(list(done.values())), strict=True))
                    for future in futures.values():
                        if future.status == "error":
                            future.result()
            except CancelledError:
                self._sent.pop(key, None)  # the last worker that held it is gone
            except BaseException:
                self._cancel(futures)
                raise
            if len(found) == len(pieces):
                return [found[place] for place in range(len(pieces))]
            self._sent.pop(key, None)
            self._cancel(futures)
        raise InputError(f"the workers of {self.address} keep dying; see what they log; {GO_ON}")

    def forget(self, key: str) -> None:
        """Let the workers drop what was sent as `key`."""
        self._sent.pop(key, None)

    def close(self) -> None:
        """End the connection; the cluster stays."""
        client, self._client = self._client, None
        self._sent = {}
        if client is not None:
            with contextlib.suppress(Exception):
                client.close(timeout=CONNECT_S)
        for name, level in self._levels.items():
            logging.getLogger(name).setLevel(level)

    def _check_certificates(self) -> None:
        from distributed.security import Security

        if self.address.startswith("tls://"):
            found = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
            if found.get("ssl_context") is None:
                raise InputError(
                    f"{self.address} needs certificates; name them in dask's configuration (docs/cluster.md)"
                )

    def _connected(self) -> Client:
        from distributed import Client

        return Client(self.address, timeout=CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]

    def _check(self) -> None:
        """Refuse a scheduler or workers of other versions, and a scheduler without workers."""
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            raise InputError(
                f"the scheduler at {self.address} has no workers; start some with: dask worker {self.address}"
            ) from error
        found: Mapping[str, Any] = self.client.get_versions(check=False, packages=list(PACKAGES))
        ours = found["client"]["packages"]
        theirs = found["scheduler"]["packages"]
        if why := disagreement(ours, theirs, ("distributed", "dask")):
            raise InputError(f"the scheduler at {self.address} {why}; run the same version on both")
        for worker, entry in found["workers"].items():
            if why := disagreement(ours, entry["packages"], PACKAGES):
                raise InputError(f"the worker {worker} {why}; install the same versions there")
        own = code_digest()
        for worker, digest in self.client.run(code_digest, on_error="return").items():
            if digest != own:
                raise InputError(f"the worker {worker} {CODE}; install the same newsbt there")

    def _held(self, key: str, payload: bytes) -> Future:
        if key not in self._sent:
            self._sent[key] = self.client.scatter(payload, broadcast=True, hash=False)
        return self._sent[key]

    def _await(self, futures: list[Future]) -> None:
        """Wait for all of them; CancelledError where what was sent is lost."""
        import distributed

        last = time.monotonic()
        while True:
            try:
                with self.client.as_current():
                    distributed.wait(futures, timeout=LOOK_S)  # type: ignore[no-untyped-call]
                return
            except TimeoutError:
                if self.client.status != "running":
                    raise OSError("the connection broke") from None
                if self.client.nthreads():
                    last = time.monotonic()
                elif time.monotonic() - last > PATIENCE_S:
                    raise InputError(
                        f"the last worker of {self.address} is gone, and none came in {PATIENCE_S:.0f} s;"
                        f" {GO_ON}"
                    ) from None

    def _cancel(self, futures: Mapping[int, Future]) -> None:
        waiting = [future for future in futures.values() if future.status == "pending"]
        if waiting and self._client is not None and self._client.status == "running":
            with contextlib.suppress(Exception):
                self._client.cancel(waiting)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of dask as sentences; those of newsbt, and lost inputs, as they are."""
        import distributed

        try:
            yield
        except CancelledError:
            if self.client.status != "running":
                raise self._gone() from None
            raise
        except distributed.KilledWorker as error:
            raise InputError(
                f"several workers of {self.address} died at the same points, of too little memory perhaps;"
                f" see what they log; {GO_ON}"
            ) from error
        except ImportError as error:
            raise InputError(
                f"a worker of {self.address} cannot load newsbt ({_first_line(error)}); install it there"
            ) from error
        except (OSError, TimeoutError) as error:
            raise self._gone() from error

    def _gone(self) -> InputError:
        return InputError(f"the scheduler at {self.address} is gone; {GO_ON}")


def worker_folder() -> Path:
    """Folder of the worker that this task runs in; it goes with the worker."""
    from distributed import get_worker

    return Path(get_worker().local_directory)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
