import Synchronization

/// What producers were told of each job they enqueued. It is kept here, outside the system.
final class EnqueueJournal: Sendable {
    enum Answer: Sendable {
        /// It is stored.
        case acked
        /// It is not stored.
        case refused
        /// The answer was lost: it may be stored or not.
        case unknown
    }

    private let answers = Mutex<[String: Answer]>([:])

    func note(_ key: String, _ answer: Answer) { answers.withLock { $0[key] = answer } }

    func keys(_ answer: Answer) -> Set<String> {
        answers.withLock { answers in Set(answers.lazy.filter { $0.value == answer }.map(\.key)) }
    }
}
