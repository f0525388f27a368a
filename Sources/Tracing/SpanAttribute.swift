/// Something that a span says of itself, under a name of OpenTelemetry's semantic conventions where they have one.
public struct SpanAttribute: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int)
        case boolean(Bool)
    }

    public let key: String
    public let value: Value

    public init(_ key: String, _ text: String) { (self.key, value) = (key, .text(text)) }
    public init(_ key: String, _ number: Int) { (self.key, value) = (key, .integer(number)) }
    public init(_ key: String, _ flag: Bool) { (self.key, value) = (key, .boolean(flag)) }
}
