/// The words behind a subcommand. Options may stand anywhere, as `--name value` or `--name=value`.
struct Arguments {
    private var words: [String]
    private var known: [String] = []
    private var aside: (name: String, value: String)?

    init(_ words: [String]) { self.words = words }

    mutating func flag(_ name: String) -> Bool {
        known.append(name)
        let count = words.count
        words.removeAll { $0 == name }
        return words.count < count
    }

    mutating func option(_ name: String) throws(CommandFailure) -> String? {
        known.append(name)
        if let aside, aside.name == name {
            self.aside = nil
            return aside.value
        }
        guard let place = words.firstIndex(where: { $0 == name || $0.hasPrefix(name + "=") }) else { return nil }
        if words[place].hasPrefix(name + "=") {
            return String(words.remove(at: place).dropFirst(name.count + 1))
        }
        guard place + 1 < words.count else { throw CommandFailure(.usage, "\(name) needs a value.") }
        words.remove(at: place)
        return words.remove(at: place)
    }

    /// Takes an option out from between the words, so that whoever takes all words does not get its value, and keeps it for
    /// whoever asks for it later.
    mutating func setAside(_ name: String) throws(CommandFailure) -> String? {
        aside = try option(name).map { (name, $0) }
        return aside?.value
    }

    /// What was set aside, for whoever only looks at it.
    var asideValue: String? { aside?.value }

    /// The next word that is no option.
    mutating func word() -> String? {
        guard let place = words.firstIndex(where: { !$0.hasPrefix("-") || $0 == "-" }) else { return nil }
        return words.remove(at: place)
    }

    /// The next word that is no option.
    /// - Parameter request: what to say to somebody who left it out.
    mutating func word(orSay request: String) throws(CommandFailure) -> String {
        guard let word = word() else { throw CommandFailure(.usage, request) }
        return word
    }

    /// What the next word that is no option stands for.
    /// - Parameter request: what to say, before the words there are, when it is none of them.
    mutating func choice<Choice>(
        of choices: [String: Choice], orSay request: String
    ) throws(CommandFailure) -> Choice {
        guard let word = word(), let choice = choices[word] else {
            throw CommandFailure(.usage, "\(request): \(choices.keys.sorted().joined(separator: ", ")).")
        }
        return choice
    }

    /// Call it when all is read: a word that is left over is a mistake.
    func finish() throws(CommandFailure) {
        guard let word = words.first ?? aside?.name else { return }
        let nearest = known.first { $0.hasPrefix(word) || word.hasPrefix($0) }
        throw CommandFailure(
            .usage, "'\(word)' is not expected here." + (nearest.map { " Did you mean \($0)?" } ?? ""))
    }
}
