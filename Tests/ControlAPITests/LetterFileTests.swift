import Audit
import DeadLetters
import Foundation
import TestSupport
import Testing

@Suite("/v1/dead/export and import", .timeLimit(.minutes(1)))
struct LetterFileTests {
    private func lines(_ count: Int, bytes: Int = 2) -> String {
        let args = #"{\"name\":\""# + String(repeating: "a", count: bytes) + #"\"}"#
        return (1...count).map { number in
            #"{"id":"\#(number.isMultiple(of: 2) ? "emails" : "default"):x\#(number)","buried":179527920\#(number + 1000),"#
                + #""fields":{"type":"test.greet","args":"\#(args)"}}"#
        }.joined(separator: "\n") + "\n"
    }

    @Test func `what was imported comes out again, and is written down`() async throws {
        try await TestAPI.with { api in
            let first = try await api.ask("POST", "/v1/dead/import", lines(3))
            #expect(first.status == 200 && first.body == #"{"imported":3,"present":0}"#)
            let again = try await api.ask("POST", "/v1/dead/import", lines(4))
            #expect(again.body == #"{"imported":1,"present":3}"#)
            let exported = try await api.ask("GET", "/v1/dead/export")
            #expect(exported.status == 200 && exported.body.split(separator: "\n").count == 4)
            let one = try await api.ask("GET", "/v1/dead/export?id=emails:x2&id=default:x3&type=test.greet")
            #expect(one.body.split(separator: "\n").count == 2)
            let entries = try await AuditTrail(client: api.redis.client).latest(AuditFilter(), limit: 10).map(\.entry)
            #expect(entries.map(\.action) == Array(repeating: "dead.import", count: 4))
            #expect(entries.first?.counts == ["imported": 1])
        }
    }

    @Test func `of a file with one broken line nothing is stored`() async throws {
        try await TestAPI.with { api in
            for broken in ["{\n", lines(1).replacing("default:x1", with: "nope:x1"), lines(1)] {
                let refused = try await api.ask("POST", "/v1/dead/import", lines(2) + broken)
                #expect(refused.status == 422 && refused.body.contains("Line 3 is no dead letter"), "\(refused)")
            }
            #expect(try await LetterStore("emails", client: api.redis.client).count() == 0)
            #expect(try await AuditTrail(client: api.redis.client).latest(AuditFilter(), limit: 1).isEmpty)
        }
    }

    /// However many there are, an answer has about a megabyte, and together they have each letter once.
    @Test func `an export comes in portions`() async throws {
        try await TestAPI.with { api in
            for part in 0..<8 {
                let text = lines(40, bytes: 9000).replacing(":x", with: ":p\(part)x")
                #expect(try await api.ask("POST", "/v1/dead/import", text).status == 200)
            }
            var (cursor, portions, ids) = ("", 0, [String]())
            repeat {
                let answer = try await api.ask("GET", "/v1/dead/export" + cursor)
                #expect(answer.status == 200 && answer.body.utf8.count < 2 << 20)
                ids += answer.body.matches(of: #/"id":"((?:emails|default):[^"]+)"/#).map { String($0.1) }
                portions += 1
                cursor = answer["next-cursor"].map { "?cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(portions > 2, "\(portions)")
            #expect(ids.count == 320 && Set(ids).count == 320, "\(ids.count), \(Set(ids).count)")
            for wrong in ["x", "1:2:3:4", "1:emails:x:61", "1:emails:1:6", "1:emails:1:zz"] {
                #expect(try await api.ask("GET", "/v1/dead/export?cursor=\(wrong)").status == 422, "\(wrong)")
            }
        }
    }

    @Test func `what was confirmed is deleted, and no other letter`() async throws {
        try await TestAPI.with { api in
            _ = try await api.ask("POST", "/v1/dead/import", lines(3))
            let dry = try await api.ask("POST", "/v1/dead/delete", #"{"all":true,"dry_run":true}"#)
            let confirm = try #require(try dry.json["confirm"] as? String)
            #expect(confirm.hasPrefix("3:"))
            _ = try await api.ask("POST", "/v1/dead/import", lines(4))
            for path in ["/v1/dead/delete", "/v1/dead/replay"] {
                let stale = try await api.ask("POST", path, #"{"all":true,"confirm":"\#(confirm)"}"#)
                #expect(stale.status == 409)
            }
            _ = try await api.ask("DELETE", "/v1/dead/emails:x4")
            let deleted = try await api.ask("POST", "/v1/dead/delete", #"{"all":true,"confirm":"\#(confirm)"}"#)
            #expect(deleted.status == 200 && deleted.body == #"{"deleted":3,"more":false}"#, "\(deleted)")
        }
    }

    @Test func `an edit of what was edited meanwhile is refused`() async throws {
        try await TestAPI.with { api in
            _ = try await api.ask("POST", "/v1/dead/import", lines(1))
            let former = #""former":"{\"name\":\"aa\"}""#
            let first = try await api.ask("PATCH", "/v1/dead/default:x1", #"{"args":{"name":"b"},\#(former)}"#)
            #expect(first.status == 200, "\(first)")
            let second = try await api.ask("PATCH", "/v1/dead/default:x1", #"{"args":{"name":"c"},\#(former)}"#)
            #expect(second.status == 409)
            let shown = try await api.ask("GET", "/v1/dead/default:x1")
            #expect(try shown.json["args"] as? String == #"{"name":"b"}"#)
        }
    }
}
