/// The business identity of an effect: what must not happen twice, such as `certificate:course-17:user-4`.
///
/// Never the id of a job or of an attempt: the same effect may be asked for by two jobs.
public struct EffectKey: Sendable, Hashable, CustomStringConvertible {
    public static let longest = 500

    public let description: String

    /// - Parameter text: 1 to 500 characters, none of them a zero byte.
    /// - Throws: ``EffectError/unusableKey(_:)``.
    public init(_ text: String) throws(EffectError) {
        guard (1...Self.longest).contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw .unusableKey(String(text.prefix(40)))
        }
        description = text
    }
}
