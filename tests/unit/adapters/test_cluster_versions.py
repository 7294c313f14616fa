"""Which installations may work together, and what is said to those without a cluster."""

import socket
import sys
import threading

import pytest

from newsbt.adapters.cluster import Cluster
from newsbt.adapters.cluster_versions import disagreement, installed
from newsbt.errors import InputError

OURS = {"python": "3.11.7.final.0", "newsbt": "0.1.0", "numba": "0.68.1"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"python": "3.11.9"}, ""),
        ({"python": "3.12.1"}, "has Python 3.12, and this side 3.11"),
        ({"numba": "0.67"}, "has numba 0.67, and this side 0.68.1"),
        ({"newsbt": None}, "has no newsbt"),
    ],
)
def test_the_first_difference(change, said):
    assert disagreement(OURS, {**OURS, **change}, ("newsbt", "numba")) == said


def test_what_is_installed_here_agrees_with_itself():
    assert installed()["newsbt"] == "0.1.0"
    assert disagreement(installed(), installed(), installed()) == ""


def test_without_dask(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'newsbt\[cluster\]'"):
        Cluster("tcp://127.0.0.1:8786")


@pytest.mark.parametrize("address", ["", "here", "http://127.0.0.1:8786", "tcp://host", "tcp://host:port"])
def test_no_address(address):
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="write the scheduler's address, as tcp://"):
        Cluster(address)


def test_tls_needs_certificates():
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="needs certificates"):
        Cluster("tls://127.0.0.1:8786")


def test_what_does_not_greet_is_no_scheduler():
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        talk = threading.Thread(target=lambda: server.accept()[0].close())
        talk.start()
        with pytest.raises(InputError, match="is no dask scheduler"):
            Cluster(f"127.0.0.1:{port}")
        talk.join()
