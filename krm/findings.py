"""What the doctor says: a finding, its three kinds, and what a server's fault means in plain German."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` was found in an `area`, as German sentences without secrets; `remedy` says what to do, "" if nothing.

    Not `ok`: it will not work before somebody acts. `info`: it works, but somebody should know.
    """

    area: str
    ok: bool
    what: str
    remedy: str
    info: bool = False

    def as_dict(self) -> dict[str, str | bool]:
        """The keys of `krm doctor --json`."""
        return {"area": self.area, "ok": self.ok, "what": self.what, "remedy": self.remedy}


Findings = Iterator[Finding]


def well(area: str, what: str) -> Finding:
    return Finding(area, True, what, "")


def note(area: str, what: str, remedy: str = "") -> Finding:
    return Finding(area, True, what, remedy, info=True)


def ill(area: str, what: str, remedy: str) -> Finding:
    return Finding(area, False, what, remedy)


@dataclass(frozen=True, slots=True)
class Server:
    """A server as the settings name it; `section` is where."""

    area: str
    section: str
    host: str
    port: int


MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "certificate is not trusted",
        "Dem Zertifikat von {host} wird nicht vertraut.",
        "Bitte den Namen aus dem Zertifikat bei „host“ oder die PEM-Datei seiner Stelle bei „ca_file“ in [{section}].",
    ),
    (
        "file of trusted certificates",
        "Die Datei „ca_file“ aus [{section}] ist nicht lesbar.",
        "Bitte Ort, Rechte und Inhalt (PEM) prüfen.",
    ),
    (
        "takes no umlauts",
        "{host} nimmt keine Umlaute in Benutzer oder Kennwort.",
        "Bitte ein Kennwort ohne Umlaute setzen.",
    ),
    (
        "login",
        "{host} hat die Anmeldung abgelehnt.",
        "Bitte „user“ in [{section}] und das Kennwort prüfen.",
    ),
    (
        "starting TLS",
        "{host} bietet auf Port {port} kein STARTTLS.",
        "Bitte „tls“ und „port“ in [{section}] prüfen.",
    ),
    (
        "SSL",
        "{host} spricht auf Port {port} nicht die eingestellte Verschlüsselung.",
        "Bitte „tls“ und „port“ in [{section}] prüfen.",
    ),
    (
        "opening the folder",
        "Der Ordner des Eingangs lässt sich nicht öffnen.",
        "Bitte „inbox“ in [{section}] und die Rechte am Postfach prüfen.",
    ),
    (
        "gaierror",
        "Einen Server {host} findet der Namensdienst nicht.",
        "Bitte „host“ in [{section}] und das Netz prüfen.",
    ),
    (
        "connecting",
        "{host} ist auf Port {port} nicht erreichbar.",
        "Bitte „host“ und „port“ in [{section}] prüfen: Läuft der Server, lässt die Firewall die Verbindung zu?",
    ),
    (
        "",
        "{host} antwortet nicht, wie es sein soll.",
        "Bitte die Verwaltung dieses Servers fragen.",
    ),
)
"""Words of a door's message (ingest.imap, notify.sending), and what they mean to the administration."""


def failed(server: Server, fault: Exception) -> Finding:
    """A server that cannot be used; the door's own words, which name nobody, stand in brackets."""
    said = str(fault)
    what, remedy = next((what, remedy) for words, what, remedy in MEANINGS if words in said)
    names = {"host": server.host, "port": server.port, "section": server.section}
    return ill(server.area, f"{what.format(**names)} ({said})", remedy.format(**names))
