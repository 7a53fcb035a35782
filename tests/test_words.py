"""Words that one translates as a whole stand in one text, hidden words included."""

import re

from tests.style import ROOT, templates

# `{{ _("Change") }}<span class="visually-hidden"> {{ _("the cart") }}</span>`: other languages say the verb last.
TORN = re.compile(r'\}\}<span class="visually-hidden">\s+\{\{ _\(')


def test_no_link_is_put_together_from_a_seen_and_a_hidden_text():
    assert [str(path.relative_to(ROOT)) for path in templates() if TORN.search(path.read_text())] == []
