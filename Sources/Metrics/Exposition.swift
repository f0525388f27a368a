/// The text in which Prometheus reads metrics: its own format 0.0.4, or OpenMetrics 1.0.
public enum Exposition: Sendable {
    case prometheus
    case openMetrics

    /// What a client takes that says so in `Accept`; Prometheus' own where it says nothing of the other.
    public init(accept: String?) {
        self = accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
    }

    public var mediaType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    public func text(of page: MetricPage) -> [UInt8] {
        var text = Text()
        for (metric, samples) in page.families {
            text.head(metric, named: familyName(of: metric))
            for sample in samples { text.add(sample, of: metric) }
        }
        if case .openMetrics = self { text.bytes += "# EOF\n".utf8 }
        return text.bytes
    }

    /// In OpenMetrics the family of a counter is named without the ending of its samples.
    private func familyName(of metric: Metric) -> String {
        guard case .openMetrics = self, metric.kind == .counter else { return metric.name }
        return String(metric.name.dropLast("_total".count))
    }
}

/// One growing buffer.
private struct Text {
    var bytes: [UInt8] = []

    mutating func head(_ metric: Metric, named name: String) {
        bytes += "# HELP \(name) ".utf8
        escape(metric.help, quotes: false)
        bytes += "\n# TYPE \(name) \(metric.kind.rawValue)\n".utf8
    }

    mutating func add(_ sample: MetricPage.Sample, of metric: Metric) {
        switch sample.value {
        case .number(let number): line(metric.name, metric, sample, nil, Self.digits(number))
        case .histogram(let histogram): add(histogram, sample, of: metric)
        }
    }

    private mutating func add(_ histogram: DurationHistogram, _ sample: MetricPage.Sample, of metric: Metric) {
        var below = 0
        for (bucket, count) in histogram.counts.enumerated() {
            below &+= count
            let bounds = histogram.buckets.microseconds
            let bound = bucket < bounds.count ? "\(Double(bounds[bucket]) / 1e6)" : "+Inf"
            line(metric.name + "_bucket", metric, sample, bound, "\(below)")
        }
        line(metric.name + "_sum", metric, sample, nil, Self.digits(Double(histogram.sumMicroseconds) / 1e6))
        line(metric.name + "_count", metric, sample, nil, "\(below)")
    }

    private mutating func line(
        _ name: String, _ metric: Metric, _ sample: MetricPage.Sample, _ bound: String?, _ value: String
    ) {
        bytes += name.utf8
        var separator = "{"
        for (label, value) in zip(metric.labels, sample.labels) {
            bytes += "\(separator)\(label)=\"".utf8
            escape(value, quotes: true)
            bytes.append(UInt8(ascii: "\""))
            separator = ","
        }
        if let bound {
            bytes += "\(separator)le=\"\(bound)\"".utf8
            separator = ","
        }
        if separator == "," { bytes.append(UInt8(ascii: "}")) }
        bytes += " \(value)\n".utf8
    }

    /// Label values may come from anywhere.
    private mutating func escape(_ text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            case UInt8(ascii: "\"") where quotes: bytes += #"\""#.utf8
            default: bytes.append(byte)
            }
        }
    }

    private static func digits(_ number: Double) -> String {
        switch number {
        case .infinity: "+Inf"
        case -.infinity: "-Inf"
        case _ where number.isNaN: "NaN"
        default: Int(exactly: number).map(String.init) ?? "\(number)"
        }
    }
}
