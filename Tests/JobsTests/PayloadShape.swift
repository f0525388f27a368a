import FoundationEssentials
import Testing

@testable import Jobs

/// A payload type with a document of it, and the comparison of both decoders.
struct PayloadShape: Sendable, CustomTestStringConvertible {
    enum Verdict: Equatable {
        /// The fast decoder gave the value that `JSONDecoder` gives.
        case fast
        /// The fast decoder left the document to `JSONDecoder`, which gave a value.
        case general
        /// Neither gave a value.
        case refused
        /// The decoders differ: what must never be.
        case wrong(String)
    }

    let name: String
    /// An ordinary document of the type.
    let example: String
    let judge: @Sendable (_ text: [UInt8]) -> Verdict

    init<Payload: Codable & SendableMetatype>(_ type: Payload.Type, _ example: String) {
        name = "\(type)"
        self.example = example
        judge = { Self.judge(type, $0) }
    }

    var testDescription: String { name }

    private static func judge<Payload: Codable>(_ type: Payload.Type, _ text: [UInt8]) -> Verdict {
        let expected = Result { try exact(JSONDecoder().decode(type, from: Data(text))) }
        guard let fast = try? PayloadDecoder.decodeFast(type, from: text[...]) else {
            return (try? expected.get()) == nil ? .refused : .general
        }
        do {
            let (fast, expected) = (try exact(fast), try expected.get())
            return fast == expected ? .fast : .wrong("\(shown(fast)) instead of \(shown(expected))")
        } catch {
            return .wrong("\(fast) instead of \(error)")
        }
    }

    /// The value as bytes: `==` takes two spellings of a letter, and two zeros, for the same.
    private static func exact(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(value)
    }

    private static func shown(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
