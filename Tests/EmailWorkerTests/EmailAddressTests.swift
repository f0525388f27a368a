import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct EmailAddressTests {
    @Test(arguments: [
        ("ada@school.example", nil, "ada@school.example"),
        ("  ada@school.example\t", nil, "ada@school.example"),
        ("<ada@school.example>", nil, "ada@school.example"),
        ("Ada Lovelace <ada@school.example>", "Ada Lovelace", "ada@school.example"),
        (#""Lovelace, \"Ada\"" <ada@school.example>"#, #"Lovelace, "Ada""#, "ada@school.example"),
        ("Ådå <ada+x_y.z@a-b.example>", "Ådå", "ada+x_y.z@a-b.example"),
        ("root@localhost", nil, "root@localhost"),
        ("o'neil!#$%&*/=?^`{|}~@xn--bcher-kva.example", nil, "o'neil!#$%&*/=?^`{|}~@xn--bcher-kva.example"),
    ])
    func `a usual address is taken apart`(text: String, name: String?, address: String) throws {
        let parsed = try EmailAddress(text)
        #expect(parsed.name == name)
        #expect(parsed.address == address)
    }

    @Test(arguments: [
        ("ada@bücher.example", "ada@xn--bcher-kva.example", false),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example", false),
        ("ada@faß.example", "ada@xn--fa-hia.example", false), ("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah", false),
        ("ädä@school.example", "ädä@school.example", true), ("用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah", true),
    ])
    func `an address in any script is taken`(text: String, address: String, needsSMTPUTF8: Bool) throws {
        let parsed = try EmailAddress(text)
        #expect(parsed.address == address)
        #expect(parsed.needsSMTPUTF8 == needsSMTPUTF8)
    }

    @Test(arguments: [
        "", "ada", "@school.example", "ada@", "ada@@school.example", "a b@school.example", ".ada@school.example",
        "ada.@school.example", "a..b@school.example", "ada@school..example", "ada@-school.example",
        "ada@school-.example", "ada@school.example.", "ada@sch_ool.example", "ada@bü cher.example",
        "ada@\u{301}.example",
        "ada@school.example, bob@school.example", "<ada@school.example", "ada@school.example>x", "ada@[127.0.0.1]",
        "Ada <ada@school.example> <bob@school.example", "A\u{1B}[2Jda <ada@school.example>",
        "A\u{85}da <ada@school.example>", "ada@school.example\u{7F}", "ada\u{0}@school.example",
        String(repeating: "a", count: 65) + "@school.example", "ada@" + String(repeating: "a", count: 64) + ".example",
        "ada@" + String(repeating: "a.", count: 127) + "a", String(repeating: "n", count: 257) + " <a@b.example>",
        "a\u{200B}da@school.example", "a\u{202E}da@school.example", "ada\u{A0}@school.example", "ada@℀.example",
        "ada@\u{2F}.example", "ada＠school.example", "ada@" + String(repeating: "ä", count: 600) + ".example",
        "<<ada@school.example>>", "ada@school.example\"@\u{301}", "\"a b\"@school.example",
    ])
    func `anything else is refused with a sentence`(text: String) {
        let error = #expect(throws: InvalidEmail.self) { try EmailAddress(text) }
        #expect(error?.description.hasSuffix(".") == true)
        #expect(error?.description.utf8.allSatisfy { $0 >= 0x20 } == true)
    }

    @Test(arguments: ["\r", "\n", "\r\n", "\r\nBcc: eve@evil.example", "\u{0}"])
    func `a line break cannot get into a header`(breaking: String) {
        for text in ["Ada\(breaking) <ada@school.example>", "ada@school.example\(breaking)", "\(breaking)a@b.example"] {
            #expect(throws: InvalidEmail.self) { try EmailAddress(text) }
        }
    }
}
