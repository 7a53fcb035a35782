import pytest
from django import forms
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from shopadmin.rendering.badges import Badge


class Person(forms.Form):
    heading = "Who it is"
    name = forms.CharField(help_text="As on the letterbox")
    mobile = forms.CharField(required=False)
    language = forms.ChoiceField(choices=[("nl", "Dutch"), ("de", "<German>")])
    kind = forms.ChoiceField(choices=[("private", "Private"), ("business", "Business")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(required=False)
    remarks = forms.CharField(widget=forms.Textarea, required=False, show_hidden_initial=True)


COMPONENTS = """{% from "components/fields.jinja" import errors, field %}
{%- from "components/page.jinja" import badge, crumbs, dialog %}"""


def shown(source: str, **context) -> str:
    return engines["jinja"].from_string(COMPONENTS + source).render(context)


def shown_field(name: str, form: forms.Form, **options) -> str:
    return shown("{{ field(form[name], **options) }}", form=form, name=name, options=options)


def test_a_field_has_a_label_tied_to_its_control():
    html = shown_field("name", Person())
    assert '<label for="id_name">Name</label>' in html
    assert '<input type="text" name="name" id="id_name"' in html


def test_a_field_that_may_stay_empty_says_so():
    html = shown_field("mobile", Person())
    assert '<span class="soft">optional</span></label>' in html
    assert "optional" not in shown_field("name", Person())
    assert "optional" not in shown_field("mobile", Person(), mark=False)


def test_the_browser_never_insists_on_a_field():
    assert "required" not in shown_field("name", Person())


def test_a_hint_describes_its_control():
    html = shown_field("name", Person())
    assert 'aria-describedby="id_name-hint"' in html
    assert '<p class="hint" id="id_name-hint">As on the letterbox</p>' in html


def test_an_error_describes_its_control_and_marks_it():
    html = shown_field("name", Person({}))
    assert 'aria-describedby="id_name-hint id_name-message" aria-invalid="true"' in html
    assert '<p class="message is-stop" id="id_name-message">' in html
    assert "This field is required." in html


def test_a_doubt_is_not_an_error():
    form = Person({"name": "Ines", "mobile": "06"})
    form.fields["mobile"].warning = "This looks short."
    html = shown_field("mobile", form)
    assert '<p class="message is-warn" id="id_mobile-message">' in html
    assert 'aria-describedby="id_mobile-message"' in html
    assert "aria-invalid" not in html


def test_an_error_comes_before_a_doubt():
    form = Person({})
    form.fields["name"].warning = "This looks short."
    html = shown_field("name", form)
    assert "This looks short." not in html
    assert "This field is required." in html


def test_what_was_typed_comes_back_and_is_escaped():
    html = shown_field("name", Person({"name": '"><script>'}))
    assert 'value="&#34;&gt;&lt;script&gt;"' in html
    assert "<script>" not in html


def test_a_message_is_escaped_unless_it_is_html():
    form = Person({"name": "x"})
    form.add_error("name", "<b>")
    form.fields["mobile"].warning = mark_safe("<b>bold</b>")
    assert "<span>&lt;b&gt;</span>" in shown_field("name", form)
    assert "<span><b>bold</b></span>" in shown_field("mobile", form)


def test_a_list_shows_its_choices_with_the_chosen_one():
    html = shown_field("language", Person(initial={"language": "de"}), width="is-third")
    assert '<div class="field is-third">' in html
    assert '<select name="language" id="id_language" class="input">' in html
    assert '<option value="nl">Dutch</option><option value="de" selected>&lt;German&gt;</option>' in html


def test_a_few_radios_stand_in_one_row():
    html = shown_field("kind", Person(initial={"kind": "business"}), hide_label=True)
    assert '<fieldset class="field across" id="id_kind" role="radiogroup">' in html
    assert '<legend class="visually-hidden">Kind</legend>' in html
    assert '<input type="radio" name="kind" value="business" id="id_kind_1" checked>Business' in html


def test_radios_can_stand_one_under_the_other():
    html = shown_field("kind", Person(), kind="choices")
    assert '<label for="id_kind_0">Private</label>' in html


def test_a_group_of_radios_is_described_by_its_error():
    html = shown_field("kind", Person({}))
    assert 'role="radiogroup" aria-invalid="true" aria-describedby="id_kind-message"' in html


def test_a_checkbox_has_its_label_behind_it_and_can_be_a_switch():
    assert '<input type="checkbox" name="agrees" id="id_agrees"><label' in shown_field("agrees", Person())
    switch = shown_field("agrees", Person(initial={"agrees": True}), kind="switch")
    assert '<input type="checkbox" name="agrees" id="id_agrees" role="switch" checked>' in switch


def test_a_text_keeps_its_lines():
    html = shown_field("remarks", Person(initial={"remarks": "\none\ntwo"}))
    assert 'class="input">\n\none\ntwo</textarea>' in html


@pytest.mark.parametrize("data", [None, {"remarks": "new", "initial-remarks": "old"}])
def test_the_value_that_the_editor_saw_goes_along(data):
    html = shown_field("remarks", Person(data, initial={"remarks": "old"}))
    assert '<input type="hidden" name="initial-remarks" value="old" id="initial-id_remarks">' in html


def test_the_summary_links_to_the_fields_and_takes_the_focus():
    html = shown("{{ errors([form]) }}", form=Person({"language": "nl", "kind": "private"}))
    assert 'role="alert" tabindex="-1" id="errors" data-focus' in html
    assert "Not saved yet: please check the field below" in html
    assert '<a href="#id_name">Who it is, Name: This field is required.</a>' in html


def test_the_summary_counts_over_several_forms():
    html = shown("{{ errors([form, other]) }}", form=Person({}), other=Person({}, prefix="other"))
    assert "Not saved yet: please check the 6 fields below" in html
    assert 'href="#id_other-kind"' in html


def test_an_error_of_the_whole_form_has_no_link():
    form = Person({"name": "x", "language": "nl", "kind": "private"})
    form.add_error(None, "It was changed meanwhile.")
    html = shown('{{ errors([form], title="Not sent") }}', form=form)
    assert "<h2>Not sent</h2>" in html
    assert "<li>Who it is: It was changed meanwhile.</li>" in html


def test_there_is_no_summary_without_an_error():
    assert shown("{{ errors([form]) }}", form=Person()).strip() == ""


def test_an_icon_goes_by_our_name_and_is_hidden_from_screen_readers():
    html = shown('{{ icon("bin") }}')
    assert html.startswith("<svg")
    assert 'class="icon" aria-hidden="true"' in html
    assert html == shown('{{ icon("trash-2") }}')


def test_a_state_is_a_mark_and_a_word():
    state = Badge("<Awaiting>", "is-half is-warn")
    assert shown("{{ badge(state) }}", state=state) == '<span class="badge is-half is-warn">&lt;Awaiting&gt;</span>'
    assert 'class="badge is-tinted"' in shown("{{ badge(state, tinted=True) }}", state=Badge("Guest", ""))


def test_an_address_may_break_after_its_at_sign():
    assert shown("{{ a | breakable }}", a="<ines@shop.example") == "&lt;ines@<wbr>shop.example"


def test_a_dialog_asks_with_a_form_and_a_way_out():
    tag = '{% call dialog("sure", title="Sure?", action="/x/", submit="Erase", csrf_input="", danger=True) %}'
    html = shown(tag + "<p>{{ name }}</p>{% endcall %}", name="<")
    assert '<dialog class="dialog" id="sure" aria-labelledby="sure-title">' in html
    assert '<form method="post" action="/x/" data-once>' in html
    assert "<p>&lt;</p>" in html
    assert 'command="close" commandfor="sure"' in html
    assert '<button class="button is-final" type="submit">Erase</button>' in html


def test_crumbs_lead_down_to_the_page():
    html = shown('{{ crumbs("Customers", "/c/", "Ines", "/c/1/") }}')
    assert '<li><a href="/c/">Customers</a></li><li><a href="/c/1/">Ines</a></li>' in html


def test_amounts_are_written_in_the_language_of_the_page():
    with translation.override("de"):
        assert "1.284,60\xa0€" in shown('{{ 1284.6 | money("EUR") }}')
