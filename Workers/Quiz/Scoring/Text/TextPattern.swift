/// A regular expression, or a text with wildcards, that never takes long.
///
/// It holds characters, `.`, classes such as `[a-z0-9]` and `[^,]`, `\d` `\w` `\s` and their opposites, groups, `|`,
/// `*`, `+`, `?`, `{2}`, `{2,}` and `{2,5}`. Back references and looking around are refused: they are what makes other
/// engines take exponential time. This one walks all ways at once (Thompson, 1968), so its steps are at most the states
/// of the pattern times the characters of the text: at most 500 times 1000.
///
/// It always matches the whole text. A character is what a person takes for one, and is equal by Unicode's canonical
/// equivalence.
package struct TextPattern: Sendable {
    private let states: [PatternState]
    /// The states that each leads to without a character, as bits; empty where 64 bits are too few.
    private let closures: [UInt64]

    /// What its time is proportional to, beside the length of the text.
    package var stateCount: Int { states.count }

    package init(regex: String, caseSensitive: Bool = true) throws(InvalidPattern) {
        var parser = PatternParser(regex, caseSensitive: caseSensitive)
        self.init(states: try PatternCompiler.states(of: parser.parse()))
    }

    /// `*` stands for any characters, `\*` for itself.
    package init(wildcard: String, caseSensitive: Bool = true) throws(InvalidPattern) {
        var parser = PatternParser(wildcard, caseSensitive: caseSensitive)
        self.init(states: try PatternCompiler.states(of: parser.parseWildcards()))
    }

    private init(states: [PatternState]) {
        self.states = states
        closures =
            states.count > 64
            ? []
            : states.indices.map { state in
                var set = StateSet(capacity: states.count)
                Self.follow(state, &set, states)
                return set.members.reduce(0) { $0 | 1 << UInt64($1) }
            }
    }

    /// - Parameter text: folded, where the pattern does not mind the case.
    package func matches(_ text: String) -> Bool {
        closures.isEmpty ? matchesBySets(text) : matchesByBits(text)
    }

    private func matchesByBits(_ text: String) -> Bool {
        var now = closures[0]
        for character in text {
            var (rest, next): (UInt64, UInt64) = (now, 0)
            while rest != 0 {
                let state = rest.trailingZeroBitCount
                rest &= rest - 1
                if case .take(let kind) = states[state], kind.contains(character) { next |= closures[state + 1] }
            }
            guard next != 0 else { return false }
            now = next
        }
        return (now >> UInt64(states.count - 1)) & 1 == 1
    }

    private func matchesBySets(_ text: String) -> Bool {
        var now = StateSet(capacity: states.count)
        var next = StateSet(capacity: states.count)
        Self.follow(0, &now, states)
        for character in text {
            next.removeAll()
            for state in now.members {
                if case .take(let kind) = states[state], kind.contains(character) {
                    Self.follow(state + 1, &next, states)
                }
            }
            swap(&now, &next)
            if now.members.isEmpty { return false }
        }
        return now.members.contains { states[$0].isEnd }
    }

    /// Adds a state and all it leads to without a character.
    private static func follow(_ state: Int, _ set: inout StateSet, _ states: [PatternState]) {
        var waiting = [state]
        while let state = waiting.popLast() {
            guard set.insert(state) else { continue }
            switch states[state] {
            case .take, .end: break
            case .go(let target): waiting.append(target)
            case .split(let first, let second):
                waiting.append(second)
                waiting.append(first)
            }
        }
    }
}
