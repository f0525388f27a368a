/// A type whose values can be read from PostgreSQL's text form.
public protocol PostgresDecodable {
    /// - Parameter text: the bytes of the text; nil for NULL.
    /// - Returns: nil when the text is none of this type.
    init?(postgresText text: UnsafeRawBufferPointer?)
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard text != nil else {
            self = .none
            return
        }
        guard let value = Wrapped(postgresText: text) else { return nil }
        self = .some(value)
    }
}

extension String: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard let text else { return nil }
        self.init(decoding: text, as: UTF8.self)
    }
}

extension Int: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard let text = String(postgresText: text) else { return nil }
        self.init(text)
    }
}

extension Double: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard let text = String(postgresText: text) else { return nil }
        self.init(text)
    }
}

extension Bool: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        switch String(postgresText: text) {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

/// For bytea, in its form `\x48656c6c6f`.
extension [UInt8]: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard let text, text.starts(with: #"\x"#.utf8), text.count.isMultiple(of: 2) else { return nil }
        self.init()
        reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = Self.digit(text[index]), let low = Self.digit(text[index + 1]) else { return nil }
            append(high << 4 | low)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
