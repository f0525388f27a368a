import Decimals

/// One answer: `=%50%text#feedback`.
struct GIFTAnswer {
    /// Whether it begins with `=`, and not with `~`.
    let isRight: Bool
    /// What stands between percent signs, else nothing.
    let weight: Decimal128?
    /// Still with its backslashes.
    let content: Substring
    let feedback: String?

    init(_ part: Substring, line: Int) throws(SkippedQuestion) {
        isRight = part.first == "="
        var rest = part.dropFirst().drop(while: \.isWhitespace)
        var weight: Decimal128?
        if rest.first == "%", let end = rest.dropFirst().firstIndex(of: "%") {
            let text = rest[rest.index(after: rest.startIndex)..<end]
            guard let percent = try? Decimal128(text.trimmed), percent.magnitude <= 100 else {
                throw SkippedQuestion(
                    line, "The weight %\(text)% is no number from -100 to 100, so the question is left out.")
            }
            weight = percent * Decimal128(1, exponent: -2)
            rest = rest[rest.index(after: end)...]
        }
        self.weight = weight
        let mark = GIFTText.firstIndex(of: "#", in: rest)
        content = mark.map { rest[..<$0] } ?? rest
        feedback = mark.map { GIFTText.plain(rest[rest.index(after: $0)...]) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    var text: String { GIFTText.plain(content) }

    /// Of the question's points.
    var fraction: Decimal128 { weight ?? (isRight ? 1 : 0) }
}
