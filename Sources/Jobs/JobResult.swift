import FoundationEssentials

/// What a job leaves behind for those who asked: a JSON text.
public struct JobResult: Sendable, Equatable {
    /// The JSON text in UTF-8; empty when there is no result.
    public let json: [UInt8]

    public static let none = JobResult(json: [])

    public init(json: [UInt8]) { self.json = json }

    public init(encoding value: some Encodable) throws {
        json = [UInt8](try JSONEncoder.sortedKeys.encode(value))
    }
}

extension JSONEncoder {
    /// Keys in order, so that the same value is the same text.
    fileprivate static var sortedKeys: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
