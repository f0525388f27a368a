import Testing
import Tracing

/// W3C Trace Context, level 1.
@Suite("traceparent and tracestate")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"
    private static let parent = "00-\(trace)-\(span)-01"

    @Test(arguments: [
        (parent, true), ("00-\(trace)-\(span)-00", false), ("00-\(trace)-\(span)-03", true),
        ("00-\(trace)-\(span)-fe", false),
        ("cc-\(trace)-\(span)-01", true), ("01-\(trace)-\(span)-01-what-comes", true),
    ])
    func `is read, and the flag heeded`(text: String, isSampled: Bool) throws {
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.traceID.description == Self.trace && context.spanID.description == Self.span)
        #expect(context.isSampled == isSampled)
        #expect(context.traceparent == "00-\(Self.trace)-\(Self.span)-0\(isSampled ? 1 : 0)")
    }

    @Test(arguments: [
        "", "00", "00-zz", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-1",
        "00-\(trace)-\(span)-0g",
        "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "0g-\(trace)-\(span)-01", "\(parent)-", "\(parent)-01",
        "\(parent) ", " \(parent)", "01-\(trace)-\(span)-01x", "00-\(trace.uppercased())-\(span)-01",
        "00-\(trace)-\(span.uppercased())-01", "00-\(trace)-\(span)-0A",
        "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
        "00_\(trace)-\(span)-01", "00-\(trace)_\(span)-01", "00-\(trace)-\(span)_01",
        "00-\(trace.dropLast())-\(span)0-01",
        "00-é\(trace.dropFirst(2))-\(span)-01",
    ])
    func `what is none begins a new trace`(text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test(arguments: [
        ("congo=t61rcWkgMzE", "congo=t61rcWkgMzE"), ("rojo=1,congo=2", "rojo=1,congo=2"),
        (" rojo=1 , ,\tcongo=a b ,", "rojo=1,congo=a b"),
        ("fw529a3039@dt=FfAAA,4tenant@x=1", "fw529a3039@dt=FfAAA,4tenant@x=1"),
        ("a_-*/9=x!~", "a_-*/9=x!~"), ("", ""),
        ("Congo=1", ""), ("4x=1", ""), ("a=1,a=2", ""), ("a", ""), ("a=", ""), ("=a", ""), ("a=b=c", ""), ("a=é", ""),
        ("a@b@c=1", ""), ("@b=1", ""), ("a@=1", ""), ("a=1,b", ""), ("a =1", ""),
    ])
    func `the state of vendors is handed on, or left out as a whole`(text: String, kept: String) throws {
        #expect(try #require(TraceContext(traceparent: Self.parent, tracestate: text)).state == kept)
    }

    @Test func `has limits`() throws {
        func state(_ text: String) throws -> String {
            try #require(TraceContext(traceparent: Self.parent, tracestate: text)).state
        }
        let entries = (0..<33).map { "k\($0)=v" }
        #expect(try state(entries.dropLast().joined(separator: ",")) != "")
        #expect(try state(entries.joined(separator: ",")) == "")
        #expect(try state("a=" + String(repeating: "v", count: 256)) != "")
        #expect(try state("a=" + String(repeating: "v", count: 257)) == "")
        #expect(try state(String(repeating: "k", count: 256) + "=v") != "")
        #expect(try state(String(repeating: "k", count: 257) + "=v") == "")
    }

    @Test func `a job carries both in one field, as far as there is room`() throws {
        let short = try #require(TraceContext(traceparent: Self.parent, tracestate: "rojo=1,congo=2"))
        #expect(short.field == "\(Self.parent);rojo=1,congo=2")
        #expect(TraceContext(field: short.field) == short)
        #expect(TraceContext(field: Self.parent)?.state == "")
        #expect(TraceContext(field: ";a=1") == nil && TraceContext(field: "") == nil)
        let long = (0..<20).map { "key\($0)=a-value-of-some-length" }.joined(separator: ",")
        let field = try #require(TraceContext(traceparent: Self.parent, tracestate: "blank=a b,\(long)")).field
        #expect(field.utf8.count <= 256 && field.contains("key5=") && !field.contains(" "))
        #expect(TraceContext(field: field)?.state.isEmpty == false)
    }

    @Test func `the attempts of a job have one trace, and other jobs have others`() {
        let names = (0..<10_000).map { "default:179\($0)-0 1795280127590" }
        #expect(TraceID(naming: names[0].utf8) == TraceID(naming: names[0].utf8))
        #expect(Set(names.map { TraceID(naming: $0.utf8) }).count == names.count)
    }

    @Test func `a sample is of the size that was asked for, also of named traces`() {
        for (ratio, range) in [(0.0, 0...0), (0.1, 850...1150), (0.5, 4700...5300), (1, 10_000...10_000)] {
            let tracer = Tracer(sample: ratio)
            let byChance = (0..<10_000).count { _ in tracer.span(below: nil).isSampled }
            let named = (0..<10_000).count { number in
                tracer.span(below: nil, beginning: TraceID(naming: "emails:\(number)-0 179528012\(number)".utf8))
                    .isSampled
            }
            #expect(range.contains(byChance) && range.contains(named), "\(ratio): \(byChance), \(named)")
        }
    }

    @Test func `whoever began a trace has decided about it`() throws {
        for flag in [false, true] {
            let parent = try #require(
                TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-0\(flag ? 1 : 0)", tracestate: "a=1"))
            let span = Tracer(sample: flag ? 0 : 1).span(below: parent)
            #expect(span.isSampled == flag && span.traceID == parent.traceID && span.spanID != parent.spanID)
            #expect(span.state == "a=1")
        }
    }
}
