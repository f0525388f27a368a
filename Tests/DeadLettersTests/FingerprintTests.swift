import DeadLetters
import TestSupport
import Testing

@Suite("Fingerprints", .timeLimit(.minutes(1)))
struct FingerprintTests {
    private static let patterns = [
        ("Order 4711 has no line 12.5.", "Order <n> has no line <n>."),
        ("timeout after 1500ms at 10.0.0.7:5432 (10.0.0.8)", "timeout after <n>ms at <address> (<address>)"),
        ("fe80::1:2:3 refused at 12:30:45", "<address> refused at <n>"),
        ("mail to ada.b+c@example.org refused", "mail to <address> refused"),
        ("mail to [hidden] refused", "mail to <address> refused"),
        ("cannot reach https://api.example.org/v1/users/42 now", "cannot reach <url> now"),
        ("cannot reach https://api.example.org/v1/users/42?[hidden] now", "cannot reach <url> now"),
        ("No space left at /var/lib/coursework/mail/a.eml now", "No space left at <path> now"),
        ("templates/email/welcome is missing", "<path> is missing"),
        ("0192f0aa-1111-7222-8333-444455556666 is gone", "<uuid> is gone"),
        ("hashes deadbeef01 and 0xFF32", "hashes <hex> and <hex>"),
        ("token aGVsbG8gd29ybGQ0NzEx is bad", "token <id> is bad"),
        ("the field 'to' isn't there", "the field <text> isn't there"),
        (#"no course "Swift 101" for `ada` or “bob”"#, "no course <text> for <text> or <text>"),
        ("two\nlines\tand\u{1}more", "two lines and more"),
        ("Die Prüfung schlug fehl: 3 von 7", "Die Prüfung schlug fehl: <n> von <n>"),
        ("either/or is no path, nor is a / b", "either/or is no path, nor is a / b"),
        ("", ""),
    ]

    @Test(arguments: patterns)
    func `a message is told without what differs`(message: String, pattern: String) async throws {
        try await withLetters { site in
            try await site.bury("a", error: message)
            let group = try #require(try await site.store.groups(limit: 10).first)
            #expect(group.pattern == pattern)
            #expect(group.message == message)
            #expect(try await site.letter("a").group == group.fingerprint)
            #expect(group.fingerprint.wholeMatch(of: /[0-9a-f]{16}/) != nil)
        }
    }

    @Test func `is of the type, the kind of the error and the message`() async throws {
        try await withLetters { site in
            func letter(_ member: String, _ fields: [String: String]) -> DeadLetter {
                DeadLetter(id: LetterID(queue: "q", member: member), buried: "1000", fields: LetterFields(fields))
            }
            _ = try await site.store.add([
                letter("a", ["type": "t.x", "error": "No 1.", "kind": "Missing"]),
                letter("b", ["type": "t.x", "error": "No 2.", "kind": "Missing"]),
                letter("c", ["type": "t.x", "error": "No 2.", "kind": "Other"]),
                letter("d", ["type": "t.y", "error": "No 2.", "kind": "Missing"]),
                letter("e", ["error": "No 2."]),
            ])
            #expect(try await site.store.groups(limit: 10).map(\.count).sorted() == [1, 1, 1, 2])
        }
    }

    @Test(arguments: ["x", "'", "\"", "/a", "a@", "1.", ":", "-", "a/", "0x"])
    func `a huge message is bounded`(part: String) async throws {
        try await withLetters { site in
            try await site.bury(
                "a", type: String(repeating: "t", count: 5000), error: String(repeating: part, count: 1500))
            let group = try #require(try await site.store.groups(limit: 10).first)
            #expect(group.pattern.utf8.count <= 200)
            #expect(group.message.utf8.count <= 600)
            #expect(group.type.utf8.count <= 100)
            #expect(try await site.drift() == nil)
        }
    }

    @Test func `tells when the first and the last were buried`() async throws {
        try await withLetters { site in
            try await site.seed([("b", 2000), ("a", 1000), ("c", 3000)])
            let group = try #require(try await site.store.groups(limit: 10).first)
            #expect(group.count == 3)
            #expect(group.lastMilliseconds == 3000)
        }
    }

    @Test(arguments: [":dead:groups", ":dead:groups:about"])
    func `a key of the groups that holds something else costs no job`(ending: String) async throws {
        try await withLetters { site in
            _ = try await site.client.call("SET", site.queue.keys.stream + ending, "something else")
            try await site.bury("a")
            #expect(try await site.letters().count == 1)
            #expect(try await site.ready == 0)
        }
    }
}
