/// What is wrong in a payload, and where.
public struct PayloadViolation: Sendable, Equatable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901), `/attachments/0/key`; empty for the whole. A key of the payload is shortened in it.
    public let pointer: String
    /// The sentence goes on from the place: `must be a whole number`. It quotes nothing of the payload.
    public let problem: String

    /// Without a full stop.
    public var description: String { (pointer.isEmpty ? "the payload " : "\(pointer): ") + problem }
}
