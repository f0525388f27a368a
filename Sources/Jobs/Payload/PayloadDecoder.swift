import FoundationEssentials

/// Decodes payloads: the usual ones fast, all others with `JSONDecoder`.
///
/// `JSONDecoder` takes several microseconds for a payload of a hundred bytes, more than everything else a worker does
/// for a job. So a decoder of our own goes first (``decodeFast(_:from:)``), written to be right whenever it succeeds.
/// Whatever it does not know well, and every mistake, is read again by `JSONDecoder`, whose values and errors count.
/// A payload's `init(from:)` may therefore run twice.
struct PayloadDecoder: Sendable {
    private let general = JSONDecoder()

    func decode<Payload: Decodable>(_ type: Payload.Type, from text: ArraySlice<UInt8>) throws -> Payload {
        do throws(UnfamiliarPayload) {
            return try Self.decodeFast(type, from: text)
        } catch {
            return try decodeSlowly(type, from: text)
        }
    }

    private func decodeSlowly<Payload: Decodable>(
        _ type: Payload.Type, from text: ArraySlice<UInt8>
    ) throws -> Payload {
        try text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return try general.decode(type, from: Data()) }
            // The bytes outlive the decoder's use of them: decode returns before this scope ends.
            let view = Data(bytesNoCopy: .init(mutating: start), count: buffer.count, deallocator: .none)
            return try general.decode(type, from: view)
        }
    }

    /// - Throws: when it is not certain that the value is the one `JSONDecoder` would give.
    static func decodeFast<Payload: Decodable>(
        _ type: Payload.Type, from text: ArraySlice<UInt8>
    ) throws(UnfamiliarPayload) -> Payload {
        guard let document = PayloadDocument.read(text) else { throw UnfamiliarPayload() }
        do {
            let payload = try document.value(type, at: 0)
            if !document.isUnfamiliar { return payload }
        } catch {
            // Be it the document's or the payload type's own: JSONDecoder tells it better.
        }
        throw UnfamiliarPayload()
    }
}
