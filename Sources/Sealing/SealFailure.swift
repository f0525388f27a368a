/// Why something that is sealed cannot be opened: one sentence, in which nothing of it stands.
public struct SealFailure: Error, Equatable, CustomStringConvertible {
    public enum Cause: Sendable, Equatable {
        /// No key of this id is here: the job waits for one.
        case missingKey(String)
        /// It was sealed for something else, or changed since: no key will open it.
        case spoilt(String)
    }

    public let cause: Cause

    public init(cause: Cause) { self.cause = cause }

    public var isMissingKey: Bool {
        if case .missingKey = cause { return true }
        return false
    }

    public var description: String {
        switch cause {
        case .missingKey(let id):
            "It is sealed with the key \(id), which is not here: add its file to encryption.keyFiles, and restart."
        case .spoilt(let id):
            "It is sealed with the key \(id), which does not open it: it was changed, or moved here from another job type."
        }
    }
}
