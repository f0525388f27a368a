import CertificateTemplates
import Testing

struct TemplateReadingTests {
    private func read(_ elements: String, _ rest: String = "") throws(InvalidTemplate) -> CertificateTemplate {
        let text = "{\ntitle: \"T\",\(rest)\nelements: [\n\(elements)\n] }"
        return try CertificateTemplate(json5: Array(text.utf8), name: "mine", folder: "/templates/mine")
    }

    private func problem(_ elements: String, _ rest: String = "") throws -> String {
        do throws(InvalidTemplate) {
            _ = try read(elements, rest)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `a template is its page and its elements`() throws {
        let template = try read(
            "{ type: 'learner', x: 1, y: 2, width: 300, height: 40, size: 20, smallest: 9, lines: 2, font: 'serif' },",
            "page: { size: 'letter', orientation: 'portrait' }, language: 'de',")
        #expect(template.page == .letter && template.language == "de" && template.languages == [])
        var style = TextStyle()
        (style.font, style.size, style.smallest, style.lines) = (.serif, 20, 9, 2)
        #expect(
            template.elements == [
                TemplateElement(figure: .field(.learner, Box(x: 1, y: 2, width: 300, height: 40), style))
            ])
    }

    @Test func `a page of any size may be drawn on`() throws {
        #expect(try read("", "page: { width: 300, height: 200 },").page == PageSize(width: 300, height: 200))
        #expect(try read("").page == PageSize(width: 841.89, height: 595.28))
    }

    @Test func `each mistake tells its line, its element and its key`() throws {
        let problem = try problem(
            """
            { type: "background", color: "red" },
            { type: "learner", x: 1, y: 2, width: 300, height: 40, size: 20, smalest: 9 },
            { type: "qr", x: 1, y: 2, width: 3000, height: 40 },
            { x: 3 },
            { type: "text", x: 1, y: 2, width: 30, height: 40, size: 8, smallest: 9, text: { de: "T" }, when: "rain" },
            """)
        let place = "/templates/mine/template.json5"
        #expect(
            problem.split(separator: "\n") == [
                "\(place):4: element 1, background: 'color' is no colour; write \"#\" and six hexadecimal digits.",
                "\(place):5: element 2, learner: 'smalest' is not a key of this element; did you mean 'smallest'?",
                "\(place):6: element 3, qr: 'width' is 3000.0; write a number from 1 to 841.89.",
                "\(place):7: element 4: 'type' is missing; write it.",
                "\(place):8: element 5, text: 'rain' is not what a certificate may have; use learner, course, date, expiry, grade, instructor, issuer, code, url or signature.",
                "\(place):8: element 5, text: 'smallest' is larger than 'size'; exchange them.",
                "\(place):8: element 5, text: 'text' has no 'default'; write the text in the template's language.",
            ])
    }

    @Test(arguments: [
        ("{ type: 'line', x: 800, y: 2, width: 300, height: 1 }", "it ends right of the page"),
        ("{ type: 'border', style: 'dotted' }", "'dotted' is not a style of border"),
        ("{ type: 'image', x: 1, y: 1, width: 9, height: 9, file: 'none.png' }", "none.png cannot be read"),
        ("{ type: 'image', x: 1, y: 1, width: 9, height: 9, file: '/etc/passwd' }", "is no PNG image"),
        ("{ type: 'learner', x: 1, y: 1, width: 9, height: 9 }", "'size' is missing"),
        ("{ type: 'text', x: 1, y: 1, width: 9, height: 9, size: 9, text: 3 }", "'text' is a number; write text"),
        ("{ type: 'text', x: 1, y: 1, width: 9, height: 9, size: 9, text: 'a', bold: 1 }", "write true or false"),
        ("{ type: 'qr', x: 1, x: 1, y: 1, width: 9, height: 9 }", "x"),
        ("3", "this is a number; write an object"), ("{", "template.json5:"),
    ])
    func `what is wrong is refused`(element: String, message: String) throws {
        let problem = try problem(element)
        #expect(problem.contains(message), "\(problem)")
    }

    @Test func `no name leads out of the folder of templates`() {
        for name in ["../classic", "", "a/b", "Classic", ".", String(repeating: "a", count: 65)] {
            #expect(throws: InvalidTemplate.self) { try CertificateTemplate(named: name, in: "/") }
        }
    }

    @Test func `a text is found by the closest language`() throws {
        let template = try read(
            "{ type: 'text', x: 1, y: 1, width: 9, height: 9, size: 9, text: { default: 'a', de: 'b', 'de-AT': 'c' } }")
        guard case .text(_, _, let text) = template.elements[0].figure else { return #expect(Bool(false)) }
        #expect(["de-AT", "de-CH", "de", "fr", "DE-at"].map { text.text(for: $0) } == ["c", "b", "b", "a", "c"])
        #expect(template.languages == ["de", "de-at"])
    }
}
