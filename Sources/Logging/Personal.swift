/// What tells of a person, or opens a door: an address, a name, a token. It can be used, and neither logged nor printed.
public struct Personal: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What stands for it wherever it would be read.
    public static let placeholder = "[hidden]"

    /// For its purpose, and for nobody's eyes.
    public let value: String

    public init(_ value: String) { self.value = value }

    public var description: String { Self.placeholder }
    public var debugDescription: String { Self.placeholder }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension LogValue {
    public static func personal(_ value: Personal) -> LogValue { .verbatim(value.description) }
}
