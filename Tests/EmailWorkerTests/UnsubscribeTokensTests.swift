import Foundation
import Jobs
import Signing
import TestSupport
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct UnsubscribeTokensTests {
    private static let now = Date(timeIntervalSince1970: 1_763_719_440)
    private let ada = Subscription(address: "ädä@school.example", list: "weekly-digest")

    private func tokens(_ letters: String..., days: Int64 = 90) throws -> UnsubscribeTokens {
        UnsubscribeTokens(
            keys: try letters.map { try AuthenticationKey(Array(String(repeating: $0, count: 32).utf8)) },
            validFor: .seconds(days * 86_400))
    }

    @Test
    func `a token leads back to the reader and the list`() throws {
        let token = try tokens("a").token(for: ada, at: Self.now)
        #expect(token.utf8.allSatisfy { $0 < 0x80 } && !token.contains { "+/=".contains($0) })
        #expect(try tokens("a").subscription(in: token, at: Self.now) == ada)
    }

    @Test
    func `a token ends with its last second`() throws {
        let tokens = try tokens("a", days: 30)
        let token = tokens.token(for: ada, at: Self.now)
        #expect(try tokens.subscription(in: token, at: Self.now + 30 * 86_400 - 1) == ada)
        #expect(throws: UnsubscribeRefusal.expired) {
            try tokens.subscription(in: token, at: Self.now + 30 * 86_400)
        }
    }

    @Test
    func `an old key is believed as long as it is listed`() throws {
        let token = try tokens("a").token(for: ada, at: Self.now)
        #expect(try tokens("b", "a").subscription(in: token, at: Self.now) == ada)
        #expect(throws: UnsubscribeRefusal.forged) { try tokens("b").subscription(in: token, at: Self.now) }
    }

    @Test
    func `a token with any letter changed is refused`() throws {
        let tokens = try tokens("a")
        let token = Array(tokens.token(for: ada, at: Self.now))
        for index in token.indices {
            var changed = token
            changed[index] = token[index] == "A" ? "B" : "A"
            #expect(throws: UnsubscribeRefusal.forged) { try tokens.subscription(in: String(changed), at: Self.now) }
            #expect(throws: UnsubscribeRefusal.forged) {
                try tokens.subscription(in: String(token[..<index]), at: Self.now)
            }
        }
    }

    @Test
    func `any other text is refused`() throws {
        var random = SeededGenerator(seed: 5)
        let tokens = try tokens("a")
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            for text in [Base64.urlText(bytes), String(decoding: bytes, as: UTF8.self)] {
                #expect(throws: UnsubscribeRefusal.forged) { try tokens.subscription(in: text, at: Self.now) }
            }
        }
    }

    @Test(arguments: [
        ("http://school.example/u", 90, "a", "no https:// address"),
        ("https://school.example/u", 7, "a", "from 30 to 3650"),
        ("https://school.example/u", 90, "", "it needs a key"),
        ("https://a.example/<b>", 90, "a", "no https:// address"),
    ])
    func `wrong settings are refused`(url: String, days: Int, letter: String, reason: String) throws {
        let surroundings = Surroundings(
            environment: [UnsubscribeLinks.variable: String(repeating: letter, count: 32)], dataFolder: "/nowhere",
            configurationFolder: "/nowhere")
        let error = #expect(throws: InvalidSettings.self) {
            try UnsubscribeLinks(UnsubscribeSettings(url: url, validDays: days), surroundings)
        }
        #expect(error?.description.contains(reason) == true)
    }

    @Test
    func `a short key is refused without showing it`() throws {
        let surroundings = Surroundings(
            environment: [UnsubscribeLinks.variable: "secret"], dataFolder: "/nowhere", configurationFolder: "/nowhere")
        let error = #expect(throws: InvalidSettings.self) {
            try UnsubscribeLinks(UnsubscribeSettings(url: "https://school.example/u"), surroundings)
        }
        #expect(error?.description.contains("at least 32") == true && error?.description.contains("secret") == false)
    }
}
