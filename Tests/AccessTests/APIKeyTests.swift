import Testing

@testable import Access

@Suite("API keys")
struct APIKeyTests {
    @Test func `a key is the same after a way through text, and no two are`() throws {
        let keys = (0..<100).map { _ in APIKey.generate() }
        #expect(Set(keys.map(\.text)).count == 100 && Set(keys.map(\.id)).count == 100)
        for key in keys {
            let copy = try #require(APIKey(key.text))
            #expect(copy.id == key.id && copy.hash == key.hash && copy.hash.count == 32)
            #expect(key.text.wholeMatch(of: #/cwk_[0-9a-f]{12}_[0-9a-f]{64}/#) != nil)
        }
    }

    @Test func `a key is not printed by accident`() {
        let key = APIKey.generate()
        #expect("\(key)" == "cwk_\(key.id)_***")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains(key.text.suffix(64)))
    }

    @Test func `what is not written like a key is none`() {
        let text = APIKey.generate().text
        var wrong = ["", "cwk_", "cwk__", text + "0", " " + text, text.uppercased()]
        wrong.append(String(text.dropLast()))
        wrong.append(String(text.dropLast()) + "g")
        wrong.append(String(text.dropLast()) + "é")
        wrong.append(text.replacing("cwk_", with: "cwx_"))
        wrong.append(text.replacing("_", with: "-"))
        for text in wrong { #expect(APIKey(text) == nil, "\(text)") }
    }
}
