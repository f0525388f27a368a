import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct PlainTextTests {
    @Test(arguments: [
        ("", ""),
        ("Hello", "Hello\n"),
        ("<h1>Title</h1><p>One\n  two</p><p>three</p>", "Title\n\nOne two\n\nthree\n"),
        ("a<br>b<br/>c", "a\nb\nc\n"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two\n"),
        (#"<p>See <a href="https://a.example/?x=1&amp;y=2">here</a>.</p>"#, "See here (https://a.example/?x=1&y=2).\n"),
        (#"<a href="https://a.example">https://a.example</a>"#, "https://a.example\n"),
        ("<a href='#top'>up</a>", "up\n"),
        ("<head><style>p{}</style></head><body><script>x</script>y<!-- <b>z</b> --></body>", "y\n"),
        ("&lt;b&gt; &amp;amp; &#8364; &#x20AC; &nope; &", "<b> &amp; € € &nope; &\n"),
        (#"<p title="a>b">x</p>"#, "x\n"),
        ("<b>bold</b> <i>and</i> not", "bold and not\n"),
        ("<p>open <b", "open\n"),
        ("a <!-- never ends", "a\n"),
        (#"<img src="x" alt="A cat">"#, "A cat\n"),
        ("one<hr>two", "one\n\n---\n\ntwo\n"),
    ])
    func `HTML is readable as text`(html: String, text: String) {
        #expect(PlainText(html: html).text == text)
    }
}
