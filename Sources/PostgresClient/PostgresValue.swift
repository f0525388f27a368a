/// A parameter of a statement. Its type is the one the statement gives it: write `$1::bigint` where none follows.
public enum PostgresValue: Sendable, Equatable {
    case null
    /// Without a zero byte, which PostgreSQL cannot hold. Also for numeric, timestamps, uuid and json.
    case text(String)
    case bytes([UInt8])
    case integer(Int)
    case double(Double)
    case bool(Bool)
    /// For `unnest($1::text[])`: many rows in one round trip.
    case texts([String?])
    case integers([Int?])

    /// JSON text in UTF-8, for json and jsonb.
    public static func json(_ text: [UInt8]) -> PostgresValue { .text(String(decoding: text, as: UTF8.self)) }

    public static func optional(_ text: String?) -> PostgresValue { text.map { .text($0) } ?? .null }
}

extension PostgresValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}
