import TestSupport
import Testing

@testable import QuizExchange

@Suite("Hostile XML") struct XMLTests {
    private func read(_ text: String) throws -> XMLElement { try XMLElement(parsing: Array(text.utf8)) }

    @Test func `elements have their lines, attributes and texts`() throws {
        let root = try read("<a x='1 &lt; 2'>\n<p:b xmlns:p='urn:x'>t<![CDATA[<u>]]></p:b> end</a>")
        #expect(root.attributes == ["x": "1 < 2"])
        #expect(root.first("b")?.text == "t<u>")
        #expect(root.first("b")?.line == 2)
        #expect(root.words == "t<u> end")
    }

    private static let refusal = InvalidImport(
        "The file has a document type (<!DOCTYPE …>), which is not allowed; remove it.")

    @Test(arguments: [
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;&x;'><!ENTITY z '&y;&y;&y;&y;'>]><a>&z;</a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://localhost:1/'> %p;]><a/>",
    ])
    func `entities, bombs and other files are refused`(text: String) {
        #expect(throws: Self.refusal) { try read(text) }
    }

    @Test(arguments: ["", "x", "<a>", "<a></b>", "<a>&nbsp;</a>", "<a\u{0}/>", "<a/><a/>"])
    func `what is no XML is refused with its line`(text: String) throws {
        let error = #expect(throws: InvalidImport.self) { try read(text) }
        #expect(error?.description.hasPrefix("The file is not XML: ") ?? false)
    }

    @Test func `nesting without end is refused`() {
        let text = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        #expect(throws: InvalidImport.self) { try read(text) }
    }

    @Test func `nothing is included from elsewhere`() throws {
        let root = try read(
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd' parse='text'/></a>")
        #expect(root.text == "")
    }

    @Test(.timeLimit(.minutes(1))) func `damaged files trap nowhere`() {
        let files = [
            "<quiz><question type='multichoice'><answer fraction='100'><text>a</text></answer></question></quiz>",
            "<qti-assessment-item><qti-response-declaration identifier='R' cardinality='single' base-type='identifier'/><qti-item-body><qti-choice-interaction/></qti-item-body><qti-response-processing/></qti-assessment-item>",
            "::t::q {=%50%a#f ~b -> c #1..2:3 ####g}",
        ]
        var random = SeededGenerator(seed: 20_261_121)
        for round in 0..<3000 {
            var bytes = Array(files[round % files.count].utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default:
                    bytes.insert(
                        contentsOf: "{}=~#%:-><\"'&\\\n".utf8.randomElement(using: &random).map { [$0] } ?? [],
                        at: place)
                }
            }
            _ = try? MoodleImport.read(bytes)
            _ = try? QTIImport.read(bytes)
            _ = try? GIFTImport.read(bytes)
        }
    }
}
