package import Tracing

/// Spans as a collector takes them: `ExportTraceServiceRequest` of OTLP 1.
package struct OTLPRequest: Sendable {
    /// Who sends them: `service.name` and others.
    private let resource: [SpanAttribute]
    private static let scope = "coursework"

    package init(resource: [SpanAttribute]) { self.resource = resource }

    package func bytes(of spans: [FinishedSpan]) -> [UInt8] {
        var request = ProtobufWriter()
        request.add(1) { group in
            group.add(1) { resource in
                for attribute in self.resource { resource.add(1, attribute) }
            }
            group.add(2) { scoped in
                scoped.add(1) { $0.add(1, text: Self.scope) }
                for span in spans { scoped.add(2) { $0.add(span) } }
            }
        }
        return request.bytes
    }
}

extension ProtobufWriter {
    /// The flags of a span say whether its parent was in another process, beside those of W3C.
    private static let knowsParent: UInt32 = 0x100
    private static let hasRemoteParent: UInt32 = 0x200
    private static let error: UInt64 = 2

    fileprivate mutating func add(_ span: FinishedSpan) {
        add(1, bigEndian: span.context.traceID.high, span.context.traceID.low)
        add(2, bigEndian: span.context.spanID.bits)
        if !span.context.state.isEmpty { add(3, text: span.context.state) }
        if let parent = span.parent { add(4, bigEndian: parent.spanID.bits) }
        add(5, text: span.name)
        add(6, varint: UInt64(span.kind.rawValue))
        add(7, fixed64: span.began)
        add(8, fixed64: span.ended)
        for attribute in span.attributes { add(9, attribute) }
        if let errorType = span.errorType { addError(errorType, at: span.ended) }
        for link in span.links { add(13) { $0.add(link: link) } }
        if span.errorType != nil { add(15) { $0.add(3, varint: Self.error) } }
        let remote = span.hasRemoteParent ? Self.hasRemoteParent : 0
        add(16, fixed32: span.context.flags | Self.knowsParent | remote)
    }

    private mutating func addError(_ type: String, at time: UInt64) {
        add(9, SpanAttribute("error.type", type))
        add(11) { event in
            event.add(1, fixed64: time)
            event.add(2, text: "exception")
            event.add(3, SpanAttribute("exception.type", type))
        }
    }

    private mutating func add(link: TraceContext) {
        add(1, bigEndian: link.traceID.high, link.traceID.low)
        add(2, bigEndian: link.spanID.bits)
        if !link.state.isEmpty { add(3, text: link.state) }
        add(6, fixed32: link.flags | Self.knowsParent | Self.hasRemoteParent)
    }

    fileprivate mutating func add(_ field: UInt64, _ attribute: SpanAttribute) {
        add(field) { pair in
            pair.add(1, text: attribute.key)
            pair.add(2) { value in
                switch attribute.value {
                case .text(let text): value.add(1, text: text)
                case .boolean(let flag): value.add(2, varint: flag ? 1 : 0)
                case .integer(let number): value.add(3, varint: UInt64(bitPattern: Int64(number)))
                }
            }
        }
    }
}

extension TraceContext {
    fileprivate var flags: UInt32 { isSampled ? 1 : 0 }
}
