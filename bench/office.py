"""The office of the bench: a real krm.toml, as `krm init` writes it, with two areas and their teams."""

from pathlib import Path

from krm.initialise import Answers, write
from tests.servers.dovecot import PASSWORD, User

KEY = "bench-key-of-no-use-anywhere-else-0123456789"
GROUP = 100

AREAS = f"""
[rhythm]
group_mails = {GROUP}

[[org.area]]
id = "5"
name = "Leistung"
head = {{ id = "bl-5", name = "Rolf Steinhagen", address = "bl-5@jobcenter.example" }}

[[org.area]]
id = "6"
name = "Markt und Integration"
head = {{ id = "bl-6", name = "Ines Vogelsang", address = "bl-6@jobcenter.example" }}

[[org.unit]]
id = "514"
name = "Team 514 Leistung"
area = "5"
lead = {{ id = "tl-514", name = "Ute Krause", address = "tl-514@jobcenter.example" }}
categories = ["grundsicherung.", "kommunal."]

[[org.unit]]
id = "515"
name = "Team 515 Eingangszone"
area = "5"
lead = {{ id = "tl-515", name = "Olaf Brandt", address = "tl-515@jobcenter.example" }}
categories = ["eingangszone.", "organisation."]

[[org.unit]]
id = "602"
name = "Team 602 Vermittlung"
area = "6"
lead = {{ id = "tl-602", name = "Heike Sommerfeld", address = "tl-602@jobcenter.example" }}
categories = ["arbeitsvermittlung.", "mitarbeiter."]
"""


def set_up(folder: Path, user: User, smtp_port: int) -> Path:
    """krm.toml and the secrets beside it, for this mailbox and this sink."""
    answers = Answers(
        mailbox_host="127.0.0.1",
        mailbox_port=user.server.port,
        mailbox_user=user.name,
        mailbox_tls="none",
        mailbox_password=PASSWORD,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_tls="none",
        policy="closed-network",
        office_name="Hanse-Jobcenter Rostock",
        address="krm@jobcenter.example",
        officer_name="Sabine Meier",
        officer_address="meier@jobcenter.example",
        officer_telephone="0381 111",
        deputy_name="Jan Petersen",
        deputy_address="petersen@jobcenter.example",
        deputy_telephone="0381 112",
        management_name="Karin Ahrens",
        management_address="ahrens@jobcenter.example",
        front_office_address="vorzimmer@jobcenter.example",
        legal_office_address="widerspruch@jobcenter.example",
        privacy_url="https://jobcenter.example/datenschutz",
    )
    krm_toml = write(folder, answers, force=False, make_key=lambda: KEY)[0]
    text = krm_toml.read_text("utf-8")
    krm_toml.write_text(text.replace("[rhythm]\n", "") + AREAS, encoding="utf-8")
    return krm_toml
