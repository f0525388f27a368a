public import DeadLetters

extension LetterFields {
    /// The same with another value of a field that is there.
    func setting(_ name: String, _ value: [UInt8]) -> LetterFields {
        LetterFields(list.map { $0.name.elementsEqual(name.utf8) ? Field(name: $0.name, value: value) : $0 })
    }
}

/// A job as it lies in Redis, wherever that is.
public struct StoredJob: Sendable {
    public enum Place: String, Sendable, CaseIterable {
        /// In one of the queue's two streams: it waits for a worker, or one runs it.
        case ready, admitted
        /// Its time has not come, or it waits for its next attempt.
        case later
        /// Its type is paused, or a limit is reached.
        case blocked
        case dead
        /// On its way to another queue.
        case outgoing
    }

    public let place: Place
    /// The entry of a stream, or the name in a hash.
    public let member: String
    public let fields: LetterFields
    /// As it lies in a hash; empty for an entry.
    let packed: [UInt8]

    public var type: String { fields.text("type") ?? "" }
    public var args: [UInt8] { fields["args"] ?? [] }
    /// Its id within its queue.
    public var token: String { fields.text("id") ?? member }
}
