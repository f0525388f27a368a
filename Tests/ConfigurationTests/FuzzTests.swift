import Testing

@testable import Configuration

@Suite struct FuzzTests {
    /// Change the seed to look elsewhere; a failure names the iteration and shows the text.
    private static let seed: UInt64 = 20_251_121

    /// Most of the file is comments, where damage does little harm: they are left out in one of the two runs.
    @Test(.timeLimit(.minutes(1)), arguments: [(3000, false), (1000, true)])
    func `a damaged file gives a configuration or an error with a line, never a crash`(
        iterations: Int, withComments: Bool
    ) throws {
        var random = SeededGenerator(state: Self.seed)
        let shipped = withComments ? try shippedText() : Self.withoutComments(try shippedText())
        for iteration in 0..<iterations {
            let text = Self.damaged(shipped, using: &random)
            let mistakes = Self.mistakes(in: text)
            let shown = "iteration \(iteration): \(String(decoding: text, as: UTF8.self))"
            #expect(mistakes.allSatisfy { $0.line.map { $0 >= 1 } ?? false }, "\(shown)")
            // The decoder never refuses what the scanner took for sound.
            #expect(!mistakes.contains { $0.message.contains("not JSON5") }, "\(shown)")
        }
    }

    @Test func `every beginning of the file gives an error with a line`() throws {
        let shipped = try shippedText()
        for length in stride(from: 0, to: shipped.count - 2, by: 7) {
            let mistakes = Self.mistakes(in: Array(shipped[..<length]))
            #expect(mistakes.count == 1 && mistakes[0].line != nil, "the first \(length) bytes")
        }
    }

    private static func mistakes(in text: [UInt8]) -> [ConfigurationMistake] {
        do throws(ConfigurationError) {
            let document = try Document(text: text, file: "fuzz.json5")
            let configuration = try Configuration.read(document, environment: [:], domains: ["email"])
            _ = try configuration.settings(for: "email", as: MailSettings.self)
            return []
        } catch {
            return error.mistakes
        }
    }

    /// The lines that mean something.
    private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
        let lines = text.split(separator: UInt8(ascii: "\n"))
        let kept = lines.filter { !$0.drop { $0 == UInt8(ascii: " ") }.starts(with: "//".utf8) }
        return Array(kept.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Deletes, doubles, swaps or replaces one to four bytes.
    private static func damaged(_ text: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var text = text
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: text.remove(at: place)
            case 1: text.insert(text[place], at: place)
            case 2: text.swapAt(place, Int.random(in: 0..<text.count, using: &random))
            default: text[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return text
    }
}
