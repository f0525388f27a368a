import ProgramSupport
import Testing

@Suite("types", .inTurns)
struct TypesTests {
    @Test func `are listed with what a producer must know of them`() async throws {
        try await Site.with(redis: nil) { site in
            let list = try await site.run("types")
            #expect(list.exit == .code(0), "\(list)")
            let lines = list.output.split(separator: "\n")
            #expect(lines.count == 13 && lines[0].hasPrefix("type "), "\(list)")
            #expect(lines.contains { $0.wholeMatch(of: /email\.send +emails +13 +7m +One mail/) != nil }, "\(list)")
            #expect(lines.contains { $0.hasPrefix("video.transcode  ") && $0.contains(" none ") }, "\(list)")
            let more = try await site.run("types", "--diagnostics")
            #expect(more.output.split(separator: "\n").count == 21, "\(more)")
        }
    }

    @Test func `have their payloads published as JSON Schema`() async throws {
        try await Site.with(redis: nil) { site in
            let json = try await site.run("types", "email.send", "--json")
            let head =
                #"{"attempts":13,"deadline_ms":420000,"queue":"emails","schema":{"$schema":"https://json-schema.org/"#
            #expect(json.output.hasPrefix(head) && json.output.hasSuffix(#","type":"email.send"}"# + "\n"), "\(json)")
            let text = try await site.run("types", "email.send")
            #expect(text.output.contains("attempts  13") && text.output.contains(#""required":["to"]"#), "\(text)")
            let all = try await site.run("types", "--json")
            #expect(all.output.contains(json.output.dropLast()), "\(all)")
            let none = try await site.run("types", "email.sent")
            #expect(none.exit == .code(64) && none.errors.contains("has no job type 'email.sent'"), "\(none)")
        }
    }
}
