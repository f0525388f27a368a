public struct IdempotencyKey: Sendable {
    public let text: String
    public let window: Duration
    /// 1 to 64 letters and digits that stand for all that was said, such as a hash: a second job with the key and another one
    /// is refused, not taken for the first. Nil compares nothing.
    public var fingerprint: String?

    /// - Parameters:
    ///   - text: 1 to 256 bytes that name the business event, for example `welcome-4711`.
    ///   - window: how long a second job with the same key is the same job.
    public init?(_ text: String, window: Duration = .seconds(24 * 3600)) {
        guard (1...256).contains(text.utf8.count), window >= .milliseconds(1) else { return nil }
        self.text = text
        self.window = window
    }
}
