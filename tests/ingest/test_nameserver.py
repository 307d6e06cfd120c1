"""The door to dnspython: a real question to a name server on this machine."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from dns import flags, message, rcode, rrset

from ingest.nameserver import Nameserver, Unanswered

RECORDS = {
    "one.example.": ['"v=DKIM1; " "p=AAAA"'],
    "two.example.": ['"a"', '"b"'],
}
SILENT, BROKEN, TORN, EMPTY = "silent.example.", "broken.example.", "torn.example.", "empty.example."


def answer(question: message.Message) -> bytes:
    name = question.question[0].name.to_text()
    reply = message.make_response(question)
    reply.flags |= flags.RA
    if name == TORN:
        return reply.to_wire()[:9]
    if name == BROKEN:
        reply.set_rcode(rcode.SERVFAIL)
    elif name in RECORDS:
        reply.answer.append(rrset.from_text(name, 60, "IN", "TXT", *RECORDS[name]))
    elif name != EMPTY:
        reply.set_rcode(rcode.NXDOMAIN)
    return reply.to_wire()


@pytest.fixture
def server() -> Iterator[Nameserver]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))

        def serve() -> None:
            while len(asked := door.recvfrom(4096)) and (wire := asked[0]) != b"stop":
                question = message.from_wire(wire)
                if question.question[0].name.to_text() != SILENT:
                    door.sendto(answer(question), asked[1])

        thread = threading.Thread(target=serve)
        thread.start()
        yield Nameserver(5.0, ("127.0.0.1",), door.getsockname()[1])
        door.sendto(b"stop", door.getsockname())
        thread.join()


def test_the_strings_of_one_record_are_joined(server: Nameserver) -> None:
    assert server.txt("one.example") == b"v=DKIM1; p=AAAA"
    assert server.txt("one.example.") == b"v=DKIM1; p=AAAA"


@pytest.mark.parametrize("name", ["gone.example", "empty.example", "two.example"])
def test_no_name_no_record_or_several_are_none(server: Nameserver, name: str) -> None:
    assert server.txt(name) is None


@pytest.mark.parametrize("name", ["silent.example", "broken.example", "torn.example"])
def test_a_server_that_does_not_answer_is_not_a_name_that_does_not_exist(server: Nameserver, name: str) -> None:
    with pytest.raises(Unanswered):
        replace(server, patience=0.3).txt(name)


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", "a." * 200])
def test_a_name_that_is_none_is_not_asked_for(name: str) -> None:
    with pytest.raises(Unanswered):
        Nameserver(0.1, ("127.0.0.1",), 1).txt(name)
