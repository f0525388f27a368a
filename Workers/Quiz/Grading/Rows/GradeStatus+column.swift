import QuizScoring

/// As the tables write it.
extension GradeStatus {
    var column: String {
        switch self {
        case .graded: "graded"
        case .awaitingPerson: "awaiting_person"
        case .overdue: "overdue"
        }
    }

    init?(column: String) {
        guard let status = Self.allCases.first(where: { $0.column == column }) else { return nil }
        self = status
    }
}
