import DeadLetters
import RedisClient
import TestSupport
import Testing

@Suite("Files of dead letters", .timeLimit(.minutes(1)))
struct LetterFileTests {
    private func file(_ letters: [DeadLetter]) -> String { letters.map { LetterLine.text(of: $0) + "\n" }.joined() }

    private func read(_ text: String) throws -> [DeadLetter] { try LetterFile(Array(text.utf8), queues: ["q"]).letters }

    @Test func `bring every byte back`() async throws {
        try await withLetters { site in
            let all = (0...255).map { UInt8($0) }
            var pipeline = RedisPipeline()
            pipeline.begin(arguments: 13)
            for word in ["XADD", site.queue.keys.stream, "*", "type", "t.x"] { pipeline.append(word) }
            for bytes in [
                Array("args".utf8), all, [0xff, 0x00], [0xfe], Array("é\u{2028}\"\\".utf8), [], [], Array("x".utf8),
            ] {
                pipeline.append(bytes)
            }
            if let error = try await site.client.send(pipeline).firstError { throw error }
            try await site.bury("b", args: #"{"a":"\u0000"}"#, error: "It's \u{7f} \r\n.")
            try await site.buryAll()
            let letters = try await site.letters()
            #expect(letters.contains { $0.args == all })

            let text = file(letters)
            #expect(text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a })
            _ = try await site.store.delete(letters)
            let back = try read(text)
            #expect(try await site.store.add(back) == 2)

            func sorted(_ letter: DeadLetter) -> [LetterFields.Field] {
                letter.fields.list.filter { !$0.name.elementsEqual("imported".utf8) }
                    .sorted { $0.name.lexicographicallyPrecedes($1.name) }
            }
            let now = try await site.letters()
            #expect(now.map(\.id) == letters.map(\.id) && now.map(\.buried) == letters.map(\.buried))
            #expect(now.map(sorted) == letters.map(sorted))
            #expect(try await site.drift() == nil)
            #expect(try await site.store.add(back) == 0)
        }
    }

    private static let good = #"{"id":"q:a","buried":5,"fields":{"type":"t.x","args":"{}"}}"#

    @Test(arguments: [
        ("nonsense", "it is not JSON"),
        ("[]", "it is no JSON object"),
        (#"{"id":"q:b","buried":5}"#, "'fields' is no object"),
        (#"{"id":"q:b","buried":5,"fields":{},"more":1}"#, "'more' is not one of id, buried, fields, others"),
        (#"{"id":"b","buried":5,"fields":{}}"#, "'id' is not the id of a dead letter, QUEUE:TOKEN"),
        (#"{"id":"q:b c","buried":5,"fields":{}}"#, "'id' is not the id of a dead letter, QUEUE:TOKEN"),
        (#"{"id":"q:b","buried":-5,"fields":{}}"#, "'buried' is no time in milliseconds since 1970"),
        (#"{"id":"q:b","buried":"5","fields":{}}"#, "'buried' is no time in milliseconds since 1970"),
        (#"{"id":"q:b","buried":5,"fields":{"a":1}}"#, #"a value is neither text nor {"base64":"…"}"#),
        (#"{"id":"q:b","buried":5,"fields":{"a":{"base64":"?"}}}"#, #"a value is neither text nor {"base64":"…"}"#),
        (#"{"id":"q:b","buried":5,"fields":{"a":"1","a":"2"}}"#, "a field stands there twice"),
        (
            #"{"id":"q:b","buried":5,"fields":{"attempt":"many"}}"#,
            "one of attempt, buried, enqueued, replays is no number"
        ),
        (#"{"id":"other:b","buried":5,"fields":{}}"#, "the configuration has no queue 'other'"),
        (good, "line 1 has the same id"),
        (#"{"id":"q:b","buried":5,"fields":{"type":"t.x""#, "it is not JSON"),
    ])
    func `name the line that is broken`(line: String, why: String) throws {
        let error = #expect(throws: LetterFile.BrokenLine.self) { try read(Self.good + "\n\n" + line + "\n") }
        #expect(error?.number == 3)
        #expect(error?.description == "Line 3 is no dead letter, for \(why); nothing was imported.")
    }

    @Test func `may end without a line break, and be empty`() throws {
        #expect(try read(Self.good).count == 1)
        #expect(try read("\n\r\n").isEmpty)
    }

    @Test func `thousands are imported in portions`() async throws {
        try await withLetters { site in
            let letters = (0..<2500).map { (member: "a\($0)", buried: 1000 + $0) }
            try await site.seed(letters)
            #expect(try await site.store.count() == 2500)
            #expect(try await site.drift() == nil)
        }
    }
}
