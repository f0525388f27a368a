internal import HTTPServer

/// Somebody to whom events are told.
final class Listener: Sendable {
    /// Kept for a listener who reads slowly: more than a page needs, and little enough for thousands.
    private static let mostKept = 512 << 10

    let stream = ByteStream(limit: Listener.mostKept)
    let filter: EventFilter
    /// The id of the last event that it had from an earlier connection.
    let lastEventID: String?

    init(_ filter: EventFilter, after lastEventID: String?) {
        (self.filter, self.lastEventID) = (filter, lastEventID)
        // Not all at once, when a server was restarted.
        stream.send(Array("retry: \(Int.random(in: 2000...5000))\n\n".utf8))
    }

    func tell(_ event: StreamEvent) {
        if filter.wants(event) { stream.send(event.bytes) }
    }
}
