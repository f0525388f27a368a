/// How much a counter in Redis is to grow: see ``CounterStore``.
public struct CounterIncrement: Sendable, Equatable {
    public let key: String
    public let field: String
    public var by: Int

    public init(_ key: String, _ field: String, by: Int) {
        self.key = key
        self.field = field
        self.by = by
    }
}
