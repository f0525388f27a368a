import Platform

/// Mails that wait for a connection, those for which a person waits before bulk; but not for long where nothing moves: a
/// mail that waits holds a slot of its worker, and other queues need those. Pure.
struct MailQueue {
    /// So many may wait however long it takes: one behind each connection.
    private let places: Int
    private let patience: Duration
    private var waiting = RankedFIFO<PendingMail>()
    /// Those that were not cancelled.
    private(set) var count = 0
    private var lastMove: MonotonicTime

    init(places: Int, patience: Duration, at now: MonotonicTime) {
        (self.places, self.patience) = (places, patience)
        lastMove = now
    }

    /// - Returns: false when it would wait in vain.
    mutating func append(_ mail: PendingMail, at now: MonotonicTime) -> Bool {
        guard count < places || !isStalled(at: now) else { return false }
        mail.place = .queue
        // A mail that lost its connection has waited the longest.
        waiting.append(mail, rank: mail.needsNewConnection ? 0 : mail.mail.isBulk ? 2 : 1)
        count += 1
        return true
    }

    /// - Parameter isFit: whether the mail that is next may be taken.
    mutating func popFirst(where isFit: (PendingMail) -> Bool = { _ in true }) -> PendingMail? {
        while let first = waiting.first, first.hasEnded || isFit(first) {
            _ = waiting.popFirst()
            guard !first.hasEnded else { continue }
            count -= 1
            return first
        }
        return nil
    }

    mutating func noteCancelled() { count -= 1 }

    /// A mail has begun, or has come to its end.
    mutating func noteMove(at now: MonotonicTime) { lastMove = now }

    /// When those who have no place are to be sent away; nil while all have one.
    var endOfPatience: MonotonicTime? { count > places ? lastMove + patience : nil }

    /// Takes out all that have no place, when nothing has moved for long.
    mutating func removeStalled(at now: MonotonicTime) -> [PendingMail] {
        guard isStalled(at: now) else { return [] }
        let all = waiting.removeAll().filter { !$0.hasEnded }
        for mail in all.prefix(places) { waiting.append(mail, rank: 0) }
        count = min(places, all.count)
        return Array(all.dropFirst(places))
    }

    private func isStalled(at now: MonotonicTime) -> Bool { now.since(lastMove) >= patience }
}
