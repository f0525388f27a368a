package import JobQueue
package import Jobs

/// A batch as `batches` prints it.
package struct BatchReport: Codable {
    package let id: String
    package let state: String
    package let name: String?
    package let cancelled: Bool
    package let total: Int
    package let pending: Int
    package let done: Int
    package let dead: Int
    package let other: Int
    package let opened: Timestamp
    package let ended: Timestamp?
    package let omittedResults: Int

    package init(_ batch: BatchDescription) {
        id = batch.id.description
        state = batch.state.rawValue
        name = batch.name
        cancelled = batch.isCancelled
        (total, pending, done) = (batch.total, batch.pending, batch.done)
        (dead, other) = (batch.dead, batch.other)
        opened = Timestamp(milliseconds: batch.openedMilliseconds)
        ended = batch.endedMilliseconds.map(Timestamp.init)
        omittedResults = batch.omittedResults
    }
}
