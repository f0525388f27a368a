/// The name of a kind of job, `domain.verb`: `email.send`, `quiz.grade`.
///
/// Lower-case letters, digits, `_` and `-` in two or more parts joined by dots, at most 64 bytes.
public struct JobType: Sendable, Hashable, CustomStringConvertible {
    public let name: String

    public init?(_ name: String) {
        guard name.utf8.count <= 64 else { return nil }
        var (dots, letters) = (0, 0)
        for byte in name.utf8 {
            if byte == UInt8(ascii: "."), letters > 0 {
                (dots, letters) = (dots + 1, 0)
            } else {
                guard isNameByte(byte) else { return nil }
                letters += 1
            }
        }
        guard dots > 0, letters > 0 else { return nil }
        self.name = name
    }

    public var description: String { name }
}

extension JobType: ExpressibleByStringLiteral {
    /// A literal that is no valid name is a programmer's mistake and stops the program.
    public init(stringLiteral value: String) {
        guard let type = JobType(value) else { preconditionFailure("'\(value)' is no job type; write domain.verb") }
        self = type
    }
}

/// Letters a queue's or a job type's name may hold: none that means something in a Redis key, a URL or a shell.
@inlinable
func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
}
