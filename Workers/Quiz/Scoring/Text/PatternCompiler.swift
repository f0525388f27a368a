/// Lays the parts of a pattern out as states.
struct PatternCompiler {
    private var states: [PatternState] = []
    static let mostStates = 500

    static func states(of node: PatternNode) throws(InvalidPattern) -> [PatternState] {
        var compiler = PatternCompiler()
        try compiler.add(node)
        try compiler.append(.end)
        return compiler.states
    }

    private mutating func append(_ state: PatternState) throws(InvalidPattern) {
        guard states.count < Self.mostStates else {
            throw InvalidPattern("is too large a pattern; write fewer or smaller repetitions")
        }
        states.append(state)
    }

    private mutating func add(_ node: PatternNode) throws(InvalidPattern) {
        switch node {
        case .empty: break
        case .take(let kind): try append(.take(kind))
        case .sequence(let parts): for part in parts { try add(part) }
        case .either(let ways): try addWays(ways[...])
        case .repeated(let part, let least, let most):
            for _ in 0..<least { try add(part) }
            if let most { try addOptional(part, count: most - least) } else { try addLoop(part) }
        }
    }

    /// split(first, rest); first; go(end); rest
    private mutating func addWays(_ ways: ArraySlice<PatternNode>) throws(InvalidPattern) {
        guard let first = ways.first else { return }
        guard ways.count > 1 else { return try add(first) }
        let split = states.count
        try append(.end)
        try add(first)
        let jump = states.count
        try append(.end)
        states[split] = .split(split + 1, states.count)
        try addWays(ways.dropFirst())
        states[jump] = .go(states.count)
    }

    /// split(part, end); part; go(split)
    private mutating func addLoop(_ part: PatternNode) throws(InvalidPattern) {
        let split = states.count
        try append(.end)
        try add(part)
        try append(.go(split))
        states[split] = .split(split + 1, states.count)
    }

    /// split(part, end); part; split(part, end); part; …
    private mutating func addOptional(_ part: PatternNode, count: Int) throws(InvalidPattern) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(states.count)
            try append(.end)
            try add(part)
        }
        for split in splits { states[split] = .split(split + 1, states.count) }
    }
}
