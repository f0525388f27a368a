/// What names are looked up in: the data, and within sections what they stand on, the innermost last.
struct ContextStack {
    private var contexts: [MustacheValue]

    init(_ contexts: [MustacheValue]) { self.contexts = contexts }

    mutating func push(_ context: MustacheValue) { contexts.append(context) }

    mutating func pop() { contexts.removeLast() }

    func lookUp(_ path: Path) -> MustacheValue? {
        guard case .names(let first, let rest) = path else { return contexts.last }
        guard var value = lookUp(first) else { return nil }
        for name in rest {
            guard case .object(let members) = value, let member = members[name] else { return nil }
            value = member
        }
        return value
    }

    private func lookUp(_ name: String) -> MustacheValue? {
        for context in contexts.reversed() {
            if case .object(let members) = context, let value = members[name] { return value }
        }
        return nil
    }
}
