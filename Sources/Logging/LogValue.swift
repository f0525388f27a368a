/// A value beside a log message: what the JSON form writes as a string, a number or a boolean.
public enum LogValue: Sendable, Equatable {
    /// Addresses in it are taken out.
    case string(String)
    /// Of the program's own making, and left as it is.
    case verbatim(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
}

extension LogValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByStringInterpolation
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
