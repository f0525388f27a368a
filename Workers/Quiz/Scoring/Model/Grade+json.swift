extension Grade {
    /// As the encoder writes it; see ``JSONWriter``.
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 1024 + 512 * explanations.count)
        writer.object { grade in
            grade.field("attempt", attempt)
            grade.list("explanations", explanations) { $1.write(&$0) }
            grade.field("feedback", feedback)
            grade.field("fraction", fraction)
            grade.field("letter", letter)
            grade.field("maxPoints", maxPoints)
            grade.field("passed", passed)
            grade.field("points", points)
            grade.field("quiz", quiz)
            grade.field("status", status.rawValue)
            grade.list("steps", steps) { $1.write(&$0) }
            grade.field("version", version)
        }
        return writer.bytes
    }
}

extension Explanation {
    fileprivate func write(_ writer: inout JSONWriter) {
        writer.object { explanation in
            explanation.field("feedback", feedback)
            explanation.field("maxPoints", maxPoints)
            explanation.field("points", points)
            explanation.field("question", question)
            explanation.field("status", status.rawValue)
            explanation.list("steps", steps) { $1.write(&$0) }
            explanation.field("text", text)
        }
    }
}

extension ExplanationStep {
    fileprivate func write(_ writer: inout JSONWriter) {
        writer.object { step in
            step.field("count", count)
            step.field("rule", rule.rawValue)
            step.field("subject", subject)
            step.field("total", total)
            step.field("value", value)
            step.field("wrong", wrong)
        }
    }
}
