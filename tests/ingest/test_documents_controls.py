"""Controls of a form in an ODT (ODF 1.3 part 3, 13), content controls, fields from Word: what a reader sees there."""

import pytest

from ingest.documents import File, Unreadable, text_of
from tests.ingest.test_documents_office import ODF, zipped

MORE = (
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
BOX = "vnd.oasis.opendocument.field.FORMCHECKBOX"


def odt(body: str, controls: str = "") -> str:
    forms = f"<office:forms><form:form>{controls}</form:form></office:forms>" if controls else ""
    text = f"<office:text>{forms}{body}</office:text>"
    content = f"<office:document-content {ODF} {MORE}><office:body>{text}</office:body></office:document-content>"
    made = zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": content})
    return text_of(File("", "", made))


CONTROLS = {
    "a ticked box": ('checkbox form:label="Lob" form:current-state="checked"', "", "☒ Lob"),
    "an empty box": ('checkbox form:label="Lob"', "", "☐ Lob"),
    "a box ticked from the first": ('checkbox form:label="Lob" form:state="checked"', "", "☒ Lob"),
    "a box unticked since": ('checkbox form:state="checked" form:current-state="unchecked"', "", "☐"),
    "a chosen one of several": ('radio form:label="Idee" form:current-selected="true"', "", "☒ Idee"),
    "one not chosen": ('radio form:label="Idee"', "", "☐ Idee"),
    "a line": ('text form:value="hier" form:current-value="Olena"', "", "Olena"),
    "a line emptied since": ('text form:value="hier" form:current-value=""', "", ""),
    "a line as it was made": ('text form:value="hier"', "", "hier"),
    "a day": ('date form:current-value="20.11.2026"', "", "20.11.2026"),
    "several lines": ("textarea", "<text:p>eins</text:p><text:p>zwei</text:p>", "eins\nzwei"),
    "an entry of a list": (
        "listbox",
        '<form:option form:label="Lob"/><form:option form:label="Idee" form:current-selected="true"/>',
        "Idee",
    ),
    "a caption": ('fixed-text form:label="Angaben"', "", "Angaben"),
    "a button": ('button form:label="Senden"', "", ""),
    "a password": ('password form:current-value="geheim"', "", ""),
}


@pytest.mark.parametrize(("control", "inside", "shown"), CONTROLS.values(), ids=CONTROLS)
@pytest.mark.parametrize("key", ["form:id", "xml:id"])
def test_a_control_shows_in_its_place_what_stands_in_it(control: str, inside: str, shown: str, key: str) -> None:
    kind = control.partition(" ")[0]
    element = f'<form:{control} {key}="c1">{inside}</form:{kind}>'

    said = odt('<text:p>Art: <draw:control draw:control="c1"/>.</text:p>', element)

    assert said == f"Art: {shown}."


def test_a_control_anchored_to_the_page_stands_by_itself() -> None:
    said = odt('<draw:control draw:control="c1"/><text:p>Text</text:p>', '<form:text form:id="c1" form:value="Olena"/>')

    assert said.split() == ["Olena", "Text"]


def test_one_that_is_defined_nowhere_shows_nothing() -> None:
    assert odt('<text:p>Art: <draw:control draw:control="c9"/>.</text:p>', "<form:text/>") == "Art: ."


def test_a_content_control_shows_its_text_and_not_its_hint() -> None:
    hint = '<loext:content-control loext:showing-place-holder="true">Klicken Sie hier</loext:content-control>'
    filled = "<loext:content-control>☒</loext:content-control>"

    assert odt(f"<text:p>Name: {hint}. {filled} Lob</text:p>") == "Name: . ☒ Lob"


@pytest.mark.parametrize(("value", "shown"), [("true", "☒"), ("false", "☐")])
def test_a_box_from_word_shows_whether_it_is_ticked(value: str, shown: str) -> None:
    state = f'<field:param field:name="Checkbox_Checked" field:value="{value}"/>'

    assert odt(f'<text:p><field:fieldmark field:type="{BOX}">{state}</field:fieldmark> Lob</text:p>') == f"{shown} Lob"


def test_controls_alone_that_nothing_refers_to_are_no_text() -> None:
    with pytest.raises(Unreadable):
        odt("<text:p/>", '<form:textarea form:id="c1"><text:p>unsichtbar</text:p></form:textarea>')
