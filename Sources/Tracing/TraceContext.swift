/// Which span something stands below, as W3C Trace Context (level 1) hands it from one process to the next.
///
/// A job carries it in its field `trace`: a `traceparent`, and behind a `;` its `tracestate` where there is one.
public struct TraceContext: Sendable, Equatable {
    /// What the field `trace` may have.
    private static let mostFieldBytes = 256

    public let traceID: TraceID
    public let spanID: SpanID
    /// Whether whoever began the trace wants to see it.
    public let isSampled: Bool
    /// What vendors added (`tracestate`), handed on as it came; empty for nothing.
    public let state: String

    public init(_ traceID: TraceID, _ spanID: SpanID, isSampled: Bool, state: String = "") {
        (self.traceID, self.spanID, self.isSampled, self.state) = (traceID, spanID, isSampled, state)
    }

    /// Reads the headers of a request. What is no `tracestate` is left out, and the trace goes on.
    /// - Returns: nil for what is no `traceparent`: then a trace begins here.
    public init?(traceparent: String, tracestate: String = "") {
        let bytes = Array(traceparent.utf8)
        guard let known = Known(bytes[...]) else { return nil }
        self.init(known.traceID, known.spanID, isSampled: known.isSampled, state: TraceState.valid(tracestate) ?? "")
    }

    /// Reads the field of a job.
    public init?(field: String) {
        let parts = field.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(traceparent: String(parts[0]), tracestate: parts.count == 2 ? String(parts[1]) : "")
    }

    /// As it is handed on, in the version that we speak.
    public var traceparent: String { "00-\(traceID)-\(spanID)-0\(isSampled ? 1 : 0)" }

    /// For the field of a job. A state that it has no room for loses its oldest entries, which stand last.
    public var field: String {
        let kept = TraceState.shortened(state, to: Self.mostFieldBytes - 56)
        return kept.isEmpty ? traceparent : "\(traceparent);\(kept)"
    }
}

extension TraceContext {
    /// The fields of a `traceparent` that every version has: `00-` trace `-` span `-` flags.
    private struct Known {
        let traceID: TraceID
        let spanID: SpanID
        let isSampled: Bool

        private static let length = 55

        init?(_ bytes: ArraySlice<UInt8>) {
            let dash = UInt8(ascii: "-")
            guard bytes.count >= Self.length, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
                let version = UInt64(hexadecimal: bytes[0..<2]), version != 0xff,
                let high = UInt64(hexadecimal: bytes[3..<19]), let low = UInt64(hexadecimal: bytes[19..<35]),
                let span = UInt64(hexadecimal: bytes[36..<52]), let flags = UInt64(hexadecimal: bytes[53..<55]),
                let traceID = TraceID(high: high, low: low), let spanID = SpanID(bits: span)
            else { return nil }
            // Versions to come may have more behind it.
            guard bytes.count == Self.length || (version > 0 && bytes[Self.length] == dash) else { return nil }
            (self.traceID, self.spanID, isSampled) = (traceID, spanID, flags & 1 == 1)
        }
    }
}
