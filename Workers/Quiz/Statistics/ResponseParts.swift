import QuizScoring

/// What is counted of the answers to one question: Moodle's response analysis.
struct ResponseParts: Sendable {
    /// Where it is of no use to count: hardly two learners write the same essay, or point at the same pixel.
    private let isCounted: Bool
    /// Whether a list is one answer, and not as many as it has elements.
    private let isOrdered: Bool

    /// Of one answer. More is no honest response.
    private static let most = 100

    init(_ interaction: Interaction) {
        isCounted = ![.essay, .hotspot].contains(interaction.kind)
        isOrdered = interaction.kind == .ordering
    }

    /// Nothing twice, and at least one.
    func keys(of response: Response?, question: String) -> Set<ResponseKey> {
        guard isCounted else { return [] }
        guard let value = response?.value ?? response?.tries.last, !value.isBlank else {
            return [ResponseKey(question: question, part: "", response: "")]
        }
        let pairs: [(part: String, texts: [String])] =
            if case .record(let values) = value {
                values.sorted { $0.key < $1.key }.map { ($0.key, texts(of: $0.value)) }
            } else {
                [("", texts(of: value))]
            }
        let keys = pairs.lazy.flatMap { pair in
            pair.texts.map { ResponseKey(question: question, part: pair.part, response: $0) }
        }
        return Set(keys.prefix(Self.most))
    }

    private func texts(of value: ResponseValue) -> [String] {
        switch value {
        case .text(let text): [trimmed(text)]
        case .list(let texts) where isOrdered: [texts.joined(separator: ", ")]
        case .list(let texts): texts.map(trimmed)
        case .record: []
        }
    }

    private func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
