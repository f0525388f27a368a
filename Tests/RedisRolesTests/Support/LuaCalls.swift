import JobQueue

/// What each Redis function may come to use, read from the source: all commands and endings of keys in its text, and in
/// that of whatever it names. That is more than any call uses, and never less.
struct LuaCalls {
    struct Use {
        var commands: Set<String> = []
        /// Such as `:later:jobs`, or `:job:`, behind which comes a name.
        var endings: Set<String> = []
    }

    let functions: [String: Use]

    init(_ source: String = FunctionLibrary.source) {
        let parts = Self.parts(of: source)
        let named = Dictionary(grouping: parts.filter { $0.name != nil }, by: { $0.name! })
            .mapValues { $0.map(\.text).joined(separator: "\n") }
        let mentions = named.mapValues { Self.words(in: $0).intersection(named.keys) }
        let uses = named.mapValues { Self.use(in: $0) }
        var functions: [String: Use] = [:]
        for part in parts where part.text.contains("redis.register_function") {
            guard let name = part.text.firstMatch(of: /function_name = '(\w+)'/)?.1 else { continue }
            var (all, seen) = (Self.use(in: part.text), Set<String>())
            var next = Self.words(in: part.text).intersection(named.keys)
            while let word = next.popFirst() {
                guard seen.insert(word).inserted else { continue }
                all.commands.formUnion(uses[word]?.commands ?? [])
                all.endings.formUnion(uses[word]?.endings ?? [])
                next.formUnion((mentions[word] ?? []).subtracting(seen))
            }
            functions[String(name)] = all
        }
        self.functions = functions
    }

    private typealias Part = (name: String?, text: String)

    /// Whatever begins at the start of a line, up to the next; what stands in a `do` begins four spaces further in.
    private static func parts(of source: String) -> [Part] {
        var parts: [Part] = []
        var isInside = false
        for line in source.split(separator: "\n") {
            guard !line.drop(while: { $0 == " " }).hasPrefix("--") else { continue }
            if line == "do" { isInside = true }
            if line == "end" { isInside = false }
            let words = line.drop { $0 == " " }
            let begins =
                words.prefixMatch(of: /(?:local )?function ([\w.]+)/)
                ?? words.prefixMatch(of: /(?:local )?([\w.]+)\s=\s/)
            let indented = line.hasPrefix(" ")
            let isRegistration = line.contains("redis.register_function")
            let isFunction = line.contains("function ")
            if !indented || (isInside && line.prefix(5) != "     " && (isFunction || isRegistration)) {
                parts.append((isRegistration ? nil : begins.map { String($0.1) }, String(line)))
            } else {
                parts[parts.count - 1].text += "\n" + line
            }
        }
        return parts
    }

    private static func words(in text: String) -> Set<String> {
        Set(
            text.matches(of: /[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)?/).flatMap { match in
                [String(match.0), String(match.0.split(separator: ".")[0])]
            })
    }

    private static func use(in text: String) -> Use {
        var use = Use()
        for call in text.matches(of: /redis\.p?call\(\s*'(\w+)'(?:,\s*'(\w+)')?/) {
            let isContainer = ["XINFO", "XGROUP"].contains(call.1)
            use.commands.insert((isContainer ? "\(call.1)|\(call.2 ?? "")" : String(call.1)).lowercased())
        }
        for ending in text.matches(of: /'(:[a-z_:]+)'/) { use.endings.insert(String(ending.1)) }
        return use
    }
}
