"""Texts of the catalog in Markdown stay text."""

from __future__ import annotations

from errdex.site.markdown import code, fenced, inline_message, instruction, message, prose, shown, titled


def test_words_in_angle_brackets_are_no_markup() -> None:
    assert (
        prose("Send <team>, `<code>` or <https://x.test>; 3 < 4")
        == "Send &#60;team>, <code>&#60;code&#62;</code> or <https://x.test>; 3 &#60; 4"
    )
    assert prose("<script>x</script>") == "&#60;script>x&#60;/script>"
    assert prose("- **one** `two` *three*, [four](https://x.test/a_b?c=1)\n\n| a | b |") == (
        "- **one** `two` *three*, [four](https://x.test/a_b?c=1)\n\n| a | b |"
    )


def test_markup_in_texts_stays_text() -> None:
    assert code("a|b `c` {d} <img> [x](y) _e_ *f*") == (
        "<code>a&#124;b &#96;c&#96; &#123;d&#125; &#60;img&#62; &#91;x&#93;(y) &#95;e&#95; &#42;f&#42;</code>"
    )
    assert fenced("a ``` b").startswith("````text\n")
    assert titled("no `x_y` here") == "no <code>x&#95;y</code> here"
    assert shown("at {_:int} of {limit:int} in {{braces}}") == "at {…} of {limit} in {braces}"


def test_a_fix_has_links_and_words_for_its_holes() -> None:
    assert instruction("Ask at https://x.test/a_b?c=1. Then set `n` to {limit}, not {other}.", {"limit"}) == (
        "Ask at <https://x.test/a_b?c=1>. Then set <code>n</code> to <var>limit</var>, not &#123;other}."
    )
    assert instruction("Replace `{model}` in `a_{model}`; send `GET https://x.test`.", {"model"}) == (
        "Replace <var>model</var> in <code>a&#95;<var>model</var></code>; send <code>GET https://x.test</code>."
    )
    assert instruction("Send <team> and `<b>`.", set()) == "Send &#60;team> and <code>&#60;b&#62;</code>."


def test_holes_of_a_message_are_words() -> None:
    assert message("wait {retry_after:duration} <now> {_:text}") == (
        '<pre class="errdex-raw"><code>wait <var>retry after</var> &lt;now&gt; <var>…</var></code></pre>'
    )
    assert inline_message("a_b {x:int}") == "<code>a&#95;b <var>x</var></code>"
