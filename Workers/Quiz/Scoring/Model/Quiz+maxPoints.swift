package import Decimals

extension Quiz {
    /// The most that an attempt can earn. Where questions are drawn that differ in their points, the most of any draw.
    package var maxPoints: Decimal128 {
        sections.reduce(0) { sum, section in
            let points = section.questions.filter { $0.correction != .drop }.map(\.points).sorted(by: >)
            return sum + points.prefix(section.select ?? points.count).reduce(0, +)
        }
    }
}
