import pytest

from shopadmin.search.marking import marked


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Delphine", "del", "<mark>Del</mark>phine"),
        ("Undelivered", "del", "Un<mark>del</mark>ivered"),
        ("Jürgen Müller", "muller jur", "<mark>Jür</mark>gen <mark>Müller</mark>"),
        ("Straße", "strasse", "<mark>Straße</mark>"),
        ("jan@post.example", "jan@post", "<mark>jan</mark>@<mark>post</mark>.example"),
        ("banana", "anana", "b<mark>anana</mark>"),
        ("Adam", "a", "<mark>A</mark>dam"),
        ("a < b", "b", "a &lt; <mark>b</mark>"),
        ("nothing", "%%%", "nothing"),
        ("", "x", ""),
    ],
)
def test_what_was_searched_for_is_marked(text, words, shown):
    assert str(marked(text, words)) == shown
