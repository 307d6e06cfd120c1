"""The door to dnspython: one question to the name server, with a time limit."""

from dataclasses import dataclass

from dns import exception, name, resolver


class Unanswered(Exception):  # noqa: N818 - the word people use for it
    """No server gave an answer, or it was not one: whether the name exists is not known."""


@dataclass(frozen=True, slots=True)
class Nameserver:
    """`patience` in seconds for one question, however many servers are asked. No `addresses`: those of the system."""

    patience: float = 5.0
    addresses: tuple[str, ...] = ()
    port: int = 53

    def txt(self, domain: str) -> bytes | None:
        """The one TXT record there, its strings joined; None where there is none or, against RFC 6376 3.6.2.2, several.

        Raises Unanswered.
        """
        try:
            asked = resolver.Resolver(configure=not self.addresses)
            if self.addresses:
                asked.nameservers, asked.port = list(self.addresses), self.port
            found = asked.resolve(name.from_text(f"{domain.rstrip('.')}."), "TXT", lifetime=self.patience)
        except (resolver.NXDOMAIN, resolver.NoAnswer):
            return None
        except (exception.DNSException, OSError) as fault:
            raise Unanswered(type(fault).__name__) from fault
        records = [b"".join(record.strings) for record in found]
        return records[0] if len(records) == 1 else None
