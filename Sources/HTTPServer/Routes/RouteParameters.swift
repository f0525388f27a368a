/// What stands in a path where its pattern has braces.
package struct RouteParameters: Sendable {
    typealias Entry = (name: String, value: ArraySlice<UInt8>)

    private let entries: [(name: String, value: String)]

    init() { entries = [] }

    /// Nil when a value is no percent-encoded UTF-8.
    init?(_ raw: [Entry]) {
        var entries: [(name: String, value: String)] = []
        for entry in raw {
            guard let value = PercentDecoding.text(entry.value) else { return nil }
            entries.append((entry.name, value))
        }
        self.entries = entries
    }

    /// The value of a parameter that the pattern has.
    package subscript(name: String) -> String {
        guard let entry = entries.first(where: { $0.name == name }) else { preconditionFailure("no parameter \(name)") }
        return entry.value
    }
}
