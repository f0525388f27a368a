/// The name of a queue: lower-case letters, digits, `_` and `-`, 1 to 64 of them.
public struct QueueName: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let name: String

    public init?(_ name: String) {
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else { return nil }
        self.name = name
    }

    public static let `default`: QueueName = "default"

    public var description: String { name }

    public static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}

extension QueueName: ExpressibleByStringLiteral {
    /// A literal that is no valid name is a programmer's mistake and stops the program.
    public init(stringLiteral value: String) {
        guard let queue = QueueName(value) else { preconditionFailure("'\(value)' is no queue name") }
        self = queue
    }
}
