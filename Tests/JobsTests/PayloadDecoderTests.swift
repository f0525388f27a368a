import FoundationEssentials
import Testing

@testable import Jobs

@Suite struct PayloadDecoderTests {
    @Test(arguments: PayloadShape.usual)
    func `an ordinary document is read by the fast decoder`(shape: PayloadShape) {
        #expect(shape.judge(Array(shape.example.utf8)) == .fast)
    }

    @Test(arguments: PayloadShape.left)
    func `what the fast decoder is not sure of is left to JSONDecoder`(shape: PayloadShape) {
        #expect(shape.judge(Array(shape.example.utf8)) == .general)
    }

    @Test(arguments: PayloadShape.all)
    func `no document is read in another way than JSONDecoder's`(shape: PayloadShape) {
        for text in PayloadDocuments.texts + PayloadShape.all.map({ Array($0.example.utf8) }) {
            if case .wrong(let difference) = shape.judge(text) {
                Issue.record("\(String(decoding: text.prefix(200), as: UTF8.self)): \(difference)")
            }
        }
    }

    @Test(arguments: PayloadShape.all)
    func `every beginning of a document is judged as JSONDecoder does`(shape: PayloadShape) {
        let text = Array(shape.example.utf8)
        for length in text.indices {
            if case .wrong(let difference) = shape.judge(Array(text[..<length])) {
                Issue.record("the first \(length) bytes: \(difference)")
            }
        }
    }

    @Test func `a slice is read by its own bytes only`() throws {
        let text = Array(#"9[1,2]9"#.utf8)
        #expect(try PayloadDecoder.decodeFast([Int].self, from: text[1..<6]) == [1, 2])
        #expect(try PayloadDecoder().decode([Double].self, from: text[1..<6]) == [1, 2])
    }

    @Test func `what is left is decoded, and a mistake is JSONDecoder's`() throws {
        let decoder = PayloadDecoder()
        #expect(try decoder.decode([Int].self, from: Array("[1.0,2e1]".utf8)[...]) == [1, 20])
        #expect { try decoder.decode(Mail.self, from: Array(#"{"user_id":1}"#.utf8)[...]) } throws: { error in
            guard case DecodingError.keyNotFound(let key, _) = error else { return false }
            return key.stringValue == "template"
        }
        #expect(throws: DecodingError.self) { try decoder.decode(Int.self, from: []) }
    }

    @Test func `the fast decoder reads up to its bounds and no further`() {
        let numbers = PayloadShape([Int].self, "[]")
        let words = PayloadShape([String: String].self, "{}")
        #expect(numbers.judge(Array(("[" + String(repeating: "1,", count: 5000) + "1]").utf8)) == .fast)
        #expect(words.judge(Array(PayloadDocuments.keys(PayloadDocument.mostKeys).utf8)) == .fast)
        #expect(words.judge(Array(PayloadDocuments.keys(PayloadDocument.mostKeys + 1).utf8)) == .general)
        let pair = PayloadShape(Keeper.self, "")
        #expect(pair.judge(Array(PayloadDocuments.nested(PayloadScanner.deepest).utf8)) == .fast)
        #expect(pair.judge(Array(PayloadDocuments.nested(PayloadScanner.deepest + 1).utf8)) == .general)
        let space = [UInt8](repeating: UInt8(ascii: " "), count: PayloadDocument.mostBytes - 2)
        #expect(numbers.judge(Array("[]".utf8) + space) == .fast)
        #expect(numbers.judge(Array("[ ]".utf8) + space) == .general)
    }

    @Test func `fields are found in any order, and unknown ones passed over`() throws {
        let text = """
            {"z":[{"plan":"no"}],"sent_at":"now","plan":"pro","q":{"user_id":0},"course":"c","locale":"en",\
            "template":"t","user_id":7,"last":null}
            """
        let mail = try PayloadDecoder.decodeFast(Mail.self, from: Array(text.utf8)[...])
        #expect(mail.user_id == 7)
        #expect(mail.plan == "pro")
        #expect(mail.sent_at == "now")
    }

    @Test func `one decoder serves many tasks at once`() async throws {
        let decoder = PayloadDecoder()
        let shape = PayloadShape.usual[0]
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<200 {
                        let text = shape.example.replacing("123456", with: "\(task)")
                        let mail = try decoder.decode(Mail.self, from: Array(text.utf8)[...])
                        #expect(mail.user_id == task)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
