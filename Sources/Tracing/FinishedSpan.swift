/// Something that took its time, and is over: what a collector is told.
public struct FinishedSpan: Sendable {
    /// The numbers are those of OTLP.
    public enum Kind: Int, Sendable {
        case `internal` = 1
        case server = 2
        case client = 3
        case producer = 4
        case consumer = 5
    }

    public let name: String
    public let kind: Kind
    public let context: TraceContext
    /// The span below which it stands; nil for the first of a trace.
    public let parent: TraceContext?
    /// Whether that was in another process.
    public var hasRemoteParent = false
    /// In nanoseconds since 1970.
    public let began: UInt64
    public let ended: UInt64
    public var attributes: [SpanAttribute] = []
    public var links: [TraceContext] = []
    /// What kind of error it ended with, by the name of its type; nil for none. Not what the error says: that may tell of
    /// a person.
    public var errorType: String?

    public init(
        _ name: String, _ kind: Kind, _ context: TraceContext, below parent: TraceContext?, began: UInt64, ended: UInt64
    ) {
        (self.name, self.kind, self.context, self.parent) = (name, kind, context, parent)
        (self.began, self.ended) = (began, max(began, ended))
    }
}
