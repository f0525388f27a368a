/// What went wrong between us and Redis: a code to act on, and a sentence for a person.
public struct RedisError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// No connection could be had in time. The command was not sent.
        case unavailable
        /// No answer in time; the connection was given up.
        case timeout
        /// The connection ended before the answer came.
        case connectionLost
        /// The client was closed by its owner.
        case closed
        /// What came back is not the Redis protocol.
        case protocolViolation
        /// `READONLY`: this server is a replica now.
        case readOnly
        /// `LOADING`: the server reads its data from disk.
        case loading
        /// `MISCONF`: the server cannot persist, so it refuses to write.
        case cannotPersist
        /// `OOM`: the memory limit is reached.
        case outOfMemory
        /// `NOREPLICAS`: too few replicas are in reach for a write.
        case tooFewReplicas
        /// `BUSY`: a script or function runs too long.
        case busy
        /// `NOAUTH`, `WRONGPASS`: the user or the password is not right.
        case authentication
        /// `NOPERM`: the user may not do this.
        case permission
        /// `WRONGTYPE`: the key holds something else.
        case wrongType
        /// `NOGROUP`: the stream or its consumer group is gone.
        case noGroup
        /// `REFUSED`: a function of ours says that what it was asked cannot be done, and why.
        case refused
        /// The function is not loaded.
        case functionMissing
        /// `MOVED`, `ASK`, `CLUSTERDOWN`, `MASTERDOWN`: a cluster or failover in motion.
        case moved
        /// Any other error the server answers.
        case other
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    /// Reads the server's error line, for example `OOM command not allowed when used memory > 'maxmemory'.`
    /// - Parameters:
    ///   - user: as whom it was asked.
    ///   - asked: for what, where that is known.
    public init(reply: String, user: String? = nil, asked: String? = nil) {
        code = Self.code(of: reply)
        message =
            switch code {
            case .refused: Self.sentence(reply.drop { $0 != " " }.dropFirst())
            case .permission: Self.denial(reply, user, asked)
            default: reply
            }
    }

    /// The server says `this user`, and not always which command.
    private static func denial(_ reply: String, _ user: String?, _ asked: String?) -> String {
        let said = user.map { reply.replacing("this user", with: "the Redis user '\($0)'") } ?? reply
        return asked.map { "\(said) (asked for: \($0))" } ?? said
    }

    /// Functions say half a sentence.
    private static func sentence(_ half: Substring) -> String {
        half.isEmpty ? "Refused without a reason." : half.prefix(1).uppercased() + half.dropFirst() + "."
    }

    private static func code(of reply: String) -> Code {
        switch reply.prefix(while: { $0 != " " }) {
        case "READONLY": .readOnly
        case "LOADING": .loading
        case "MISCONF": .cannotPersist
        case "OOM": .outOfMemory
        case "NOREPLICAS": .tooFewReplicas
        case "BUSY": .busy
        case "NOAUTH", "WRONGPASS": .authentication
        case "NOPERM": .permission
        case "WRONGTYPE": .wrongType
        case "NOGROUP": .noGroup
        case "REFUSED": .refused
        case "MOVED", "ASK", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN": .moved
        case "ERR" where reply.hasPrefix("ERR Function not found"): .functionMissing
        default: .other
        }
    }

    /// Whether the same command may succeed later without anybody changing the command.
    public var isTransient: Bool {
        switch code {
        case .unavailable, .timeout, .connectionLost, .readOnly, .loading, .cannotPersist, .outOfMemory,
            .tooFewReplicas, .busy, .moved:
            true
        case .closed, .protocolViolation, .authentication, .permission, .wrongType, .noGroup, .refused,
            .functionMissing,
            .other:
            false
        }
    }

    /// Whether Redis may have carried out the command although no answer came.
    public var mayHaveExecuted: Bool {
        code == .timeout || code == .connectionLost || code == .protocolViolation
    }
}
