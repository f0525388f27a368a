public import RedisClient

extension AuditTrail {
    /// What stands in the stream under a number.
    struct Found {
        let number: Int
        /// Nil for what is no entry.
        let sealed: SealedEntry?
    }

    /// Entries read at once.
    static let portion = 500

    /// The latest entries that a filter lets through, the latest first. What cannot be read is passed over: to find that is
    /// for ``verify()``.
    public func latest(_ filter: AuditFilter, limit: Int) async throws(RedisError) -> [SealedEntry] {
        var found: [SealedEntry] = []
        var end = try await numbers(filter).upperBound
        while found.count < limit {
            let portion = try await read("XREVRANGE", end == .max ? "+" : "\(end)", "-", limit: Self.portion)
            for sealed in portion.compactMap(\.sealed) where found.count < limit {
                if let after = filter.after, sealed.milliseconds < after { return found }
                if filter.lets(sealed) { found.append(sealed) }
            }
            guard let last = portion.last, last.number > 1 else { return found }
            end = last.number - 1
        }
        return found
    }

    /// Gives all entries that a filter lets through, the oldest first, a portion at a time.
    public func forEach(_ filter: AuditFilter, _ body: ([SealedEntry]) throws -> Void) async throws {
        let numbers = try await numbers(filter)
        var next = numbers.lowerBound
        while next <= numbers.upperBound {
            let portion = try await entries(from: next, through: numbers.upperBound)
            guard let last = portion.last else { return }
            try body(portion.compactMap(\.sealed).filter(filter.lets))
            next = last.number + 1
        }
    }

    /// The numbers that the times of a filter stand for: entries are in the order of time.
    private func numbers(_ filter: AuditFilter) async throws(RedisError) -> ClosedRange<Int> {
        let first: Int? = if let after = filter.after { try await firstNumber(notBefore: after) } else { 1 }
        guard let first else { return Int.max...Int.max }
        guard let before = filter.before, let end = try await firstNumber(notBefore: before) else {
            return first...(.max)
        }
        return min(first, end - 1)...end - 1
    }

    /// - Returns: nil when all entries are before that time.
    func firstNumber(notBefore milliseconds: Int) async throws(RedisError) -> Int? {
        guard let newest = try await read("XREVRANGE", "+", "-", limit: 1).first else { return nil }
        var (low, high) = (1, newest.number + 1)
        while low < high {
            let middle = low + (high - low) / 2
            // What is missing or cannot be read is decided by the next one that is there.
            guard let found = try await readable(from: middle, before: high) else {
                high = middle
                continue
            }
            if found.milliseconds < milliseconds { low = found.entry.number + 1 } else { high = middle }
        }
        return try await entries(from: low, limit: 1).first?.number
    }

    private func readable(from number: Int, before end: Int) async throws(RedisError) -> SealedEntry? {
        try await entries(from: number, through: end - 1, limit: 10).lazy.compactMap(\.sealed).first
    }

    /// The entries with these numbers, in their order.
    func entries(
        from first: Int, through last: Int = .max, limit: Int = portion
    ) async throws(RedisError) -> [Found] {
        try await read("XRANGE", "\(first)", last == .max ? "+" : "\(last)", limit: limit)
    }

    private func read(
        _ command: String, _ start: String, _ end: String, limit: Int
    ) async throws(RedisError) -> [Found] {
        try await client.call(command, Self.key, start, end, "COUNT", "\(limit)").elements.map { value in
            let parts = Array(value.elements)
            let number = parts.first?.string?.split(separator: "-").first.flatMap { Int($0) } ?? 0
            return Found(number: number, sealed: parts.count == 2 ? Self.sealed(parts[1]) : nil)
        }
    }

    private static func sealed(_ value: RedisValue) -> SealedEntry? {
        let fields = value.elements.map { $0.string ?? "" }
        guard fields.count == 4, fields[0] == "entry", fields[2] == "hash" else { return nil }
        return SealedEntry(text: fields[1], hash: fields[3])
    }
}
