import Metrics
import Testing

@Suite("The text of metrics")
struct ExpositionTests {
    private static let jobs = Metric("jobs_total", .counter, labels: ["queue", "type"], "Jobs that ended")
    private static let depth = Metric("depth", .gauge, "Back\\slash, and\nline")
    private static let run = Metric("run_seconds", .histogram, labels: ["queue"], "How long")

    @Test func `is what Prometheus reads`() {
        var page = MetricPage()
        page.add(Self.jobs, "emails", "email.send", value: 3)
        page.add(Self.depth, value: 1.5)
        page.add(Self.jobs, "emails", "quiz.grade", value: 9_007_199_254_740_991)
        #expect(
            text(of: page) == #"""
                # HELP jobs_total Jobs that ended
                # TYPE jobs_total counter
                jobs_total{queue="emails",type="email.send"} 3
                jobs_total{queue="emails",type="quiz.grade"} 9007199254740991
                # HELP depth Back\\slash, and\nline
                # TYPE depth gauge
                depth 1.5

                """#)
    }

    @Test func `names a counter without its ending in OpenMetrics, and says where it ends`() {
        var page = MetricPage()
        page.add(Self.jobs, "q", "a.b", value: 1)
        #expect(
            text(of: page, .openMetrics) == """
                # HELP jobs Jobs that ended
                # TYPE jobs counter
                jobs_total{queue="q",type="a.b"} 1
                # EOF

                """)
    }

    @Test func `escapes values that would end their quotes`() {
        var page = MetricPage()
        page.add(Self.jobs, "a\"} 1\nevil 2", #"\"#, value: 1)
        #expect(text(of: page).contains(#"jobs_total{queue="a\"} 1\nevil 2",type="\\"} 1"#))
    }

    @Test func `a bucket has all that is below its bound`() {
        var histogram = DurationHistogram(.jobs)
        for nanoseconds: UInt64 in [1, 1_000_000, 1_000_001, 4_000_000_000_000] {
            histogram.add(nanoseconds: nanoseconds)
        }
        var page = MetricPage()
        page.add(Self.run, "q", value: histogram)
        let lines = text(of: page).split(separator: "\n").map(String.init)
        #expect(lines.contains(#"run_seconds_bucket{queue="q",le="0.001"} 2"#))
        #expect(lines.contains(#"run_seconds_bucket{queue="q",le="0.0025"} 3"#))
        #expect(lines.contains(#"run_seconds_bucket{queue="q",le="3600.0"} 3"#))
        #expect(lines.contains(#"run_seconds_bucket{queue="q",le="+Inf"} 4"#))
        #expect(lines.contains(#"run_seconds_count{queue="q"} 4"#))
        #expect(lines.contains(#"run_seconds_sum{queue="q"} 4000.002"#))
    }

    @Test(arguments: [
        (Double.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-0.25, "-0.25"), (1e300, "1e+300"),
    ])
    func `writes numbers as they are read`(number: Double, text: String) {
        var page = MetricPage()
        page.add(Self.depth, value: number)
        #expect(self.text(of: page).hasSuffix("\ndepth \(text)\n"))
    }

    @Test(arguments: [
        (nil, false), ("*/*", false), ("text/plain;version=0.0.4", false),
        ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", true),
    ])
    func `is in the format that is asked for`(accept: String?, isOpen: Bool) {
        #expect(Exposition(accept: accept).mediaType.hasPrefix("application/openmetrics-text") == isOpen)
    }

    private func text(of page: MetricPage, _ exposition: Exposition = .prometheus) -> String {
        String(decoding: exposition.text(of: page), as: UTF8.self)
    }
}
