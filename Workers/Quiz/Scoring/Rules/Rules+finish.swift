import Decimals

extension Rules {
    /// Makes the sum of the points the grade: late penalty, time limit, rounding, then what is read off the result.
    func finish(_ grade: inout Grade, _ submission: Submission) {
        if grade.points.isNegative, !allowsNegativeTotal {
            grade.points = 0
            grade.steps.append(ExplanationStep(.negativeTotal))
        }
        late?.apply(to: &grade, submission)
        timeLimit?.apply(to: &grade, submission)
        round(&grade)
        grade.fraction = grade.points.divided(by: grade.maxPoints, places: 5, rounding.rule) ?? 0
        readOff(&grade)
    }

    private func round(_ grade: inout Grade) {
        let rounded = grade.points.rounded(places: rounding.places, rounding.rule)
        guard rounded != grade.points else { return }
        grade.steps.append(ExplanationStep(.rounding, value: grade.points))
        grade.points = rounded
    }

    /// Letter and pass mark go by the rounded points, so that what a learner sees is what counts. A grade that is not
    /// final has none, and neither has one of no points at all.
    private func readOff(_ grade: inout Grade) {
        guard grade.status == .graded, grade.maxPoints > 0 else { return }
        let (points, most) = (grade.points, grade.maxPoints)
        grade.passed = passed(points, of: most)
        grade.letter = letter(for: points, of: most)
        let reached = feedback.filter { points >= $0.from * most }
        grade.feedback = reached.max { $0.from < $1.from }.map { [$0.text] } ?? []
    }

    // Without a division, and so without rounding.

    func passed(_ points: Decimal128, of most: Decimal128) -> Bool? {
        most > 0 ? passMark.map { points >= $0 * most } : nil
    }

    func letter(for points: Decimal128, of most: Decimal128) -> String? {
        guard most > 0 else { return nil }
        return letters.filter { points >= $0.from * most }.max { $0.from < $1.from }?.letter
    }
}
