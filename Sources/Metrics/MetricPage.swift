/// The values of metrics at one moment, in the order in which metrics were first spoken of.
public struct MetricPage: Sendable {
    struct Sample: Sendable {
        let labels: [String]
        let value: Value
    }

    enum Value: Sendable {
        case number(Double)
        case histogram(DurationHistogram)
    }

    private(set) var families: [(metric: Metric, samples: [Sample])] = []
    private var places: [Metric: Int] = [:]

    public init() {}

    /// - Parameter labels: a value for each label of the metric; any text.
    public mutating func add(_ metric: Metric, _ labels: String..., value: Double) {
        precondition(metric.kind != .histogram, "\(metric.name) is a histogram")
        add(metric, Sample(labels: labels, value: .number(value)))
    }

    public mutating func add(_ metric: Metric, _ labels: String..., value: Int) {
        precondition(metric.kind != .histogram, "\(metric.name) is a histogram")
        add(metric, Sample(labels: labels, value: .number(Double(value))))
    }

    public mutating func add(_ metric: Metric, _ labels: String..., value: DurationHistogram) {
        precondition(metric.kind == .histogram, "\(metric.name) is no histogram")
        add(metric, Sample(labels: labels, value: .histogram(value)))
    }

    private mutating func add(_ metric: Metric, _ sample: Sample) {
        precondition(sample.labels.count == metric.labels.count, "\(metric.name) has \(metric.labels.count) labels")
        if let place = places[metric] { return families[place].samples.append(sample) }
        places[metric] = families.count
        families.append((metric, [sample]))
    }
}
