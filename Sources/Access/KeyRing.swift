internal import HTTPServer
internal import Jobs
package import Logging
package import Platform
internal import RedisClient
internal import Signing
internal import Synchronization

/// The keys as one server has them in its memory, read from Redis every second: who asks waits for nothing, and a key
/// that is revoked holds a second or two longer.
package final class KeyRing: Sendable {
    private static let refreshEvery = Duration.seconds(1)

    private final class Entry: Sendable {
        let principal: Principal
        let hash: [UInt8]
        let expires: Int
        let wasUsed = Atomic(false)

        init(_ record: KeyRecord) {
            principal = Principal(.key, id: record.id, name: record.name, role: record.role)
            hash = Self.bytes(record.hash)
            expires = record.expires?.milliseconds ?? .max
        }

        /// Of 64 hexadecimal digits; what is none has no key.
        private static func bytes(_ digits: String) -> [UInt8] {
            let digits = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
            return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        }
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// When Redis last said which keys there are.
        var known: MonotonicTime?
    }

    /// What only ``run()`` touches.
    private struct Memory {
        var answer: [UInt8]?
        var notedDays: [String: String] = [:]
        var isAway = false
    }

    private let store: KeyStore
    private let loop: EventLoop
    private let logger: Logger
    private let validity: Duration
    private let state = Mutex(State())
    private let memory = Mutex(Memory())

    /// - Parameter validity: how long what was read holds while Redis is away. Meanwhile no key can be revoked.
    package init(_ store: KeyStore, validity: Duration = .seconds(300), loop: EventLoop, logger: Logger) {
        (self.store, self.validity, self.loop, self.logger) = (store, validity, loop, logger)
    }

    /// Whose key it is.
    func admit(_ key: APIKey) -> Admission {
        let (entry, known) = state.withLock { ($0.entries[key.id], $0.known) }
        guard let known, MonotonicTime.now < known + validity else { return .unavailable }
        // The hash is made for keys that do not exist as well: the time of an answer tells nothing of which do.
        let isRight = ConstantTime.areEqual(key.hash, entry?.hash ?? Self.noHash)
        guard let entry, isRight, WallClock.milliseconds < entry.expires else { return .unknown }
        if !entry.wasUsed.load(ordering: .relaxed) { entry.wasUsed.store(true, ordering: .relaxed) }
        return .admitted(entry.principal)
    }

    private static let noHash = [UInt8](repeating: 0, count: SHA256.length)

    /// Reads the keys again and again, until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            await loop.sleep(for: Self.refreshEvery)
            await refresh()
        }
    }

    /// Reads the keys once.
    package func refresh() async {
        do {
            let asked = MonotonicTime.now
            let answer = try await store.all()
            take(answer, asked)
            // Who may only read Redis checks keys all the same.
            try? await noteUse()
            if memory.withLock({ $0.isAway.exchange(false) }) { logger.notice("keys are read again") }
        } catch {
            guard !Task.isCancelled, !memory.withLock({ $0.isAway.exchange(true) }) else { return }
            logger.warning(
                "keys cannot be read; those that are known hold for a while", [("error", .string("\(error)"))])
        }
    }

    private func take(_ answer: RedisValue, _ asked: MonotonicTime) {
        let isSame = memory.withLock { memory in
            defer { memory.answer = answer.allBytes }
            return memory.answer == answer.allBytes
        }
        let records = isSame ? nil : KeyStore.records(answer)
        state.withLock { state in
            state.known = asked
            guard let records else { return }
            state.entries = Dictionary(records.map { ($0.id, Entry($0)) }) { first, _ in first }
        }
    }

    /// Writes down which keys were used, once a day each.
    private func noteUse() async throws {
        let today = String(WallClock.rfc3339().prefix(10))
        let used = state.withLock { state in
            state.entries.filter { $0.value.wasUsed.exchange(false, ordering: .relaxed) }.map(\.key)
        }
        let news = memory.withLock { memory in used.filter { memory.notedDays[$0] != today } }
        guard !news.isEmpty else { return }
        try await store.note(used: news, on: today)
        let ids = state.withLock { Set($0.entries.keys) }
        memory.withLock { memory in
            for id in news { memory.notedDays[id] = today }
            memory.notedDays = memory.notedDays.filter { ids.contains($0.key) }
        }
    }
}

extension Bool {
    /// Sets it, and tells what it was.
    fileprivate mutating func exchange(_ new: Bool) -> Bool {
        defer { self = new }
        return self
    }
}
