"""From a citizen's mail to the acknowledgement, as the office lives it."""

from classify.coding import Scored, Urgency
from store import cases, which
from store.case import State
from tests.office import (
    CITIZEN,
    DEPUTY,
    HEAD_5,
    KRM,
    LEAD_514,
    LEAD_515,
    LEGAL_OFFICE,
    MANAGER,
    OFFICER,
    SECURITY,
    Received,
    Story,
    judged,
)

WAITED = "Guten Tag, ich habe gestern zwei Stunden gewartet. Das geht so nicht."


def asked(story: Story, body: str = WAITED, **fields: str) -> Received:
    """A citizen wrote and the officer has the confirmation request."""
    story.arrives(body, **fields)
    story.passes()
    return story.letter(OFFICER, "confirmation_request")


def acknowledged(story: Story) -> Received:
    """What went out once the officer confirmed: acknowledgement, assignment, receipt; gives the acknowledgement."""
    story.passes()
    story.letter(OFFICER, "receipt")
    story.letter(LEAD_515, "assignment")
    return story.letter(CITIZEN, "acknowledgement")


def test_a_complaint_is_confirmed_with_ok_and_acknowledged(story: Story) -> None:
    story.arrives(WAITED)

    tally = story.passes()

    assert (tally["fetched"], tally["opened"], tally["sent"], tally["failed"]) == (1, 1, 1, 0)
    request = story.letter(OFFICER, "confirmation_request")
    assert "zwei Stunden gewartet" in request.text

    story.replies(request, "ok")
    assert story.passes()["instructions"] == 1

    acknowledgement = story.letter(CITIZEN, "acknowledgement")
    assert "KRM-2026-0001" in acknowledgement.text
    assert "zwei Stunden" not in acknowledgement.text
    assert "KRM-2026-0001" in story.letter(OFFICER, "receipt").text
    story.letter(LEAD_515, "assignment")
    assert len(story.folder("Verarbeitet")) == 2
    assert story.folder("INBOX") == []
    assert len(story.folder("Sent")) == 5  # request, acknowledgement, assignment, receipt, form to the front office


def test_every_letter_keeps_machines_quiet(story: Story) -> None:
    request = asked(story)

    assert request.mail["Auto-Submitted"] == "auto-generated"
    assert request.mail["X-Auto-Response-Suppress"] == "All"


def test_a_correction_of_type_and_categories_confirms_the_rest(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Guten Morgen,\n\nArt: Lob\nKategorie: Umgangsformen\n\nViele Grüße\nSabine Meier")
    story.passes()

    receipt = story.letter(OFFICER, "receipt")
    assert "Art: Lob" in receipt.text
    assert "Umgangsformen" in receipt.text
    assert "Kundengruppe: AN" in receipt.text
    assert "Dank" in story.letter(CITIZEN, "acknowledgement").text
    story.letter(LEAD_515, "assignment")


def test_a_later_valid_reply_is_a_correction_and_the_number_stays(story: Story) -> None:
    request = asked(story)
    story.replies(request, "ok")
    acknowledged(story)

    story.replies(request, "Kategorie: 2")
    story.passes()

    receipt = story.letter(OFFICER, "receipt")
    assert "KRM-2026-0001" in receipt.subject
    assert "Kategorie:" in receipt.text


def test_two_replies_to_one_request_acknowledge_once(story: Story) -> None:
    request = asked(story)
    story.wait(days=2)
    story.passes()
    copy = story.letter(DEPUTY, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")

    story.replies(request, "ok")
    story.replies(copy, "passt")
    assert story.passes()["instructions"] == 2

    story.letter(CITIZEN, "acknowledgement")
    story.letter(LEAD_515, "assignment")
    story.letter(OFFICER, "receipt")
    story.letter(DEPUTY, "receipt")


def test_kein_krm_uses_no_number_and_hands_over(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Kein KRM: Widerspruch")
    story.passes()

    handed = story.letter(LEGAL_OFFICE, "hand_over")
    assert any(part.get_filename() for part in handed.mail.iter_attachments())
    assert "Kein KRM" in story.letter(OFFICER, "receipt").text
    assert LEGAL_OFFICE.name in story.letter(CITIZEN, "hand_over_note").text
    with story.database.transaction() as connection:
        (case_id,) = which.all_ids(connection, only_open=False)
        case = cases.load(connection, [case_id])[case_id]
    assert case.state is State.NOT_KRM
    assert case.number is None


def test_an_instruction_from_a_stranger_changes_nothing_and_the_officer_is_told(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok", sender="fremder@anderswo.example")
    tally = story.passes()

    assert tally["instructions"] == 0
    for person in (OFFICER, DEPUTY):
        refused = story.letter(person, "refused")
        assert "fremder@anderswo.example" in refused.text
    assert len(story.folder("Verarbeitet")) == 2


def test_a_team_lead_may_not_confirm_the_officers_request(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok", sender=LEAD_515.address)
    story.passes()

    for person in (OFFICER, DEPUTY):
        story.letter(person, "refused")


def test_the_officers_out_of_office_sends_the_request_to_the_deputy_at_once(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Ich bin bis Freitag nicht im Haus.", quote=False, Auto_Submitted="auto-replied")
    assert story.passes()["automatic"] == 1

    copy = story.letter(DEPUTY, "confirmation_request")
    story.replies(copy, "ok")
    story.passes()
    story.letter(DEPUTY, "receipt")
    story.letter(LEAD_515, "assignment")
    story.letter(CITIZEN, "acknowledgement")


def test_a_reply_from_a_phone_with_signature_and_quote(story: Story) -> None:
    request = asked(story)
    quoted = "\n".join(f"> {line}" for line in request.text.splitlines())

    story.replies(
        request,
        f"Ok\n\nVon meinem iPhone gesendet\n\n> Am 23.11.2026 um 09:00 schrieb KRM <{KRM}>:\n> \n{quoted}",
        quote=False,
    )

    acknowledged(story)


def test_an_html_only_reply_from_outlook(story: Story) -> None:
    request = asked(story)
    html = (
        "<html><body><div>ok</div><div><br></div><div>Mit freundlichen Grüßen</div><div>Sabine Meier</div>"
        '<hr><div id="divRplyFwdMsg"><b>Von:</b> KRM &lt;krm@jobcenter.example&gt;<br><b>Gesendet:</b> Montag<br>'
        f"<b>An:</b> Meier<br><b>Betreff:</b> {request.subject}</div><div>{request.html}</div></body></html>"
    )

    story.replies(request, "", html=html)

    acknowledged(story)


def test_a_reply_by_button_is_a_new_mail_and_counts(story: Story) -> None:
    request = asked(story)

    story.presses(request, "Stimmt so")

    acknowledged(story)


def test_every_button_fits_into_a_mailto_and_is_ascii(story: Story) -> None:
    for label, link in asked(story).buttons().items():
        assert link.isascii(), label
        assert len(link) < 1800, label


def test_an_unclear_reply_carries_out_nothing_and_quotes_the_line(story: Story) -> None:
    request = asked(story)

    story.replies(request, "ok\nKategorie: Beratung")
    story.passes()

    unclear = story.letter(OFFICER, "unclear")
    assert "Kategorie: Beratung" in unclear.text

    story.replies(unclear, "ok")
    acknowledged(story)


def test_nicht_ok_is_no_ok(story: Story) -> None:
    request = asked(story)

    for words in ("nicht ok", "ok?", "das ist so ok, aber bitte prüfen Sie die Kategorie"):
        story.replies(request, words)
        story.passes()
        story.letter(OFFICER, "unclear")

    with story.database.transaction() as connection:
        assert len(which.undecided_ids(connection)) == 1


def test_status_and_help_are_answered_and_confirm_nothing(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Status")
    story.passes()
    story.letter(OFFICER, "status")
    story.replies(request, "Hilfe")
    story.passes()
    story.letter(OFFICER, "help")

    with story.database.transaction() as connection:
        assert len(which.undecided_ids(connection)) == 1


def test_a_note_is_kept_and_confirms_nothing(story: Story) -> None:
    request = asked(story)

    story.replies(request, "Notiz: war gestern auch am Telefon")
    story.passes()

    story.letter(OFFICER, "receipt")
    with story.database.transaction() as connection:
        (case_id,) = which.undecided_ids(connection)
        assert cases.load(connection, [case_id])[case_id].notes[0].text == "war gestern auch am Telefon"


def test_on_the_last_day_the_acknowledgement_goes_out_unasked(story: Story) -> None:
    asked(story)

    story.until("2026-11-26 07:29")
    story.passes()
    story.letter(DEPUTY, "confirmation_request")
    story.until("2026-11-26 07:31")
    story.passes()

    assert "KRM-2026-0001" in story.letter(CITIZEN, "acknowledgement").text
    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")


def test_a_petition_is_never_acknowledged_unasked(story: Story) -> None:
    story.suggestion = judged("petition")
    asked(story)

    story.until("2026-11-26 08:00")
    story.passes()

    story.letter(DEPUTY, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        story.letter(person, "digest")


def test_mail_suggested_as_not_krm_alarms_both_on_the_second_working_day(story: Story) -> None:
    story.suggestion = judged("anfrage")
    asked(story)

    story.until("2026-11-25 07:31")
    story.passes()

    story.letter(DEPUTY, "confirmation_request")
    for person in (OFFICER, DEPUTY):
        story.letter(person, "reminder")
        story.letter(person, "digest")


def test_a_possible_remedy_reaches_the_legal_office_at_once(story: Story) -> None:
    story.suggestion = judged(remedy=True, remedy_p=0.9)

    request = asked(story)

    assert "Rechtsbehelf" in request.text
    story.letter(LEGAL_OFFICE, "hand_over")


def test_danger_alarms_everybody_on_the_list_at_night_and_holds_the_text_back(story: Story) -> None:
    story.until("2026-11-22 02:10")
    story.suggestion = judged(urgency=Urgency.DANGER)
    asked(story, "Ich komme morgen mit dem Messer vorbei, wartet nur ab.")

    for person in (OFFICER, DEPUTY):
        assert "Messer" in story.letter(person, "alert").text
    for person in (MANAGER, SECURITY):
        assert "Messer" not in story.letter(person, "alert").text


def test_the_complaint_does_not_land_with_the_lead_it_is_about(story: Story) -> None:
    story.suggestion = judged(categories=("kommunal.unterkunft",), unit="514")
    request = asked(story, "Frau Krause hat mich angeschrien und meine Unterlagen verloren.")
    assert "Krause" in request.text

    story.replies(request, "ok")
    story.passes()

    story.letter(OFFICER, "receipt")
    story.letter(CITIZEN, "acknowledgement")
    assignment = story.letter(HEAD_5, "assignment")
    assert assignment.to != LEAD_514.address


def test_a_complaint_about_the_officer_goes_to_the_deputy(story: Story) -> None:
    story.arrives("Ihre Frau Meier von der Beschwerdestelle hat mich ausgelacht.")
    story.passes()

    story.letter(DEPUTY, "confirmation_request")


def test_the_same_mail_sent_to_several_addresses_is_one_case(story: Story) -> None:
    story.arrives(WAITED, message_id="<eins@mail.example>")
    story.arrives(WAITED, message_id="<eins@mail.example>", X_Copy="2")

    tally = story.passes()

    assert (tally["opened"], tally["related"]) == (1, 1)
    story.letter(OFFICER, "confirmation_request")
    assert len(story.folder("Verarbeitet")) == 2


def test_a_used_message_id_with_other_words_is_a_mail_of_its_own(story: Story) -> None:
    story.arrives(WAITED, message_id="<eins@mail.example>")
    story.arrives("Etwas ganz anderes: die Heizung wird nicht bezahlt.", message_id="<eins@mail.example>")

    assert story.passes()["opened"] == 2

    for _ in range(2):
        story.letter(OFFICER, "confirmation_request")


def test_a_citizens_answer_belongs_to_its_case_and_is_put_before_the_officer(story: Story) -> None:
    story.replies(asked(story), "ok")
    acknowledgement = acknowledged(story)

    story.wait(hours=3)
    story.replies(acknowledgement, "Das reicht mir nicht, ich will eine Entschuldigung.")
    assert story.passes()["related"] == 1

    again = story.letter(OFFICER, "confirmation_request")
    assert "KRM-2026-0001" in again.subject
    assert "Entschuldigung" in again.text
    story.replies(again, "Art: Folgereaktion")
    acknowledged(story)


def test_a_strangers_mail_with_somebody_elses_number_is_not_filed_there(story: Story) -> None:
    story.replies(asked(story), "ok")
    acknowledged(story)

    story.arrives("Das betrifft mich auch.", sender="nachbar@mail.example", subject="KRM-2026-0001")
    assert story.passes()["opened"] == 1

    assert "KRM-2026-0001" in story.letter(OFFICER, "confirmation_request").text


def test_folge_joins_a_new_mail_to_its_case(story: Story) -> None:
    story.replies(asked(story), "ok")
    acknowledged(story)
    request = asked(story, "Noch etwas zu meinem Fall.", sender="erika@neue-adresse.example")

    story.replies(request, "Folge: KRM-2026-0001")
    story.passes()

    receipt = story.letter(OFFICER, "receipt")
    assert "KRM-2026-0001" in receipt.text
    assert "KRM-2026-0001" in story.letter("erika@neue-adresse.example", "acknowledgement").text
    story.letter(LEAD_515, "assignment")


def test_nothing_automatic_is_ever_answered(story: Story) -> None:
    story.arrives("Ich bin im Urlaub.", subject="Automatische Antwort: KRM", Auto_Submitted="auto-replied")
    story.arrives("Neues aus der Branche", List_Id="<news.example>", Precedence="bulk")

    assert story.passes()["automatic"] == 2

    assert len(story.folder("Automatisch")) == 2


def test_a_web_form_goes_before_the_officer_and_its_address_is_never_answered(story: Story) -> None:
    story.arrives(WAITED, sender="scanner@jobcenter.example", Auto_Submitted="auto-generated")
    story.passes()
    request = story.letter(OFFICER, "confirmation_request")

    story.replies(request, "ok")
    story.passes()

    receipt = story.letter(OFFICER, "receipt")
    assert "KRM-2026-0001" in receipt.text
    assert "Fristen in einem Bescheid laufen weiter" in " ".join(receipt.text.split())
    story.letter(LEAD_515, "assignment")


def test_clear_advertising_is_put_aside_listed_and_can_be_rescued(story: Story) -> None:
    story.suggestion = judged("fremd", types=(Scored("fremd", 0.97), Scored("anfrage", 0.03)))
    story.arrives("Günstige Druckerpatronen!")
    story.passes()
    assert len(story.folder("Quarantäne")) == 1

    story.until("2026-11-24 07:31")
    story.passes()
    for person in (OFFICER, DEPUTY):
        assert "Quarantäne" in story.letter(person, "digest").text

    story.mailbox.put(story.folder("Quarantäne")[0], story.now)
    assert story.passes()["opened"] == 1
    request = story.letter(OFFICER, "confirmation_request")
    assert "23.11.2026" in request.text


def test_citizens_words_are_never_an_instruction(story: Story) -> None:
    request = asked(story, "Art: Lob\nKein KRM: Spam\nok")

    assert "Art: Lob" in request.text
    with story.database.transaction() as connection:
        assert len(which.undecided_ids(connection)) == 1


def test_a_mail_after_midnight_shows_its_day_in_berlin_everywhere(story: Story) -> None:
    story.until("2026-11-24 00:45")
    request = asked(story)

    for part in (request.text, request.html):
        assert "Di 24.11.2026" in part
        assert "Mo 23.11.2026" not in part
