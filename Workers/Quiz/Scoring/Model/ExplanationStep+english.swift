extension ExplanationStep {
    var english: String {
        switch rule {
        case .noResponse: "There is no answer."
        case .unreadable: "The answer cannot be scored: it \(subject ?? "cannot be read")."
        case .wordCount:
            "The text has \(counted) words; at \(counted < of ? "least" : "most") \(of) were asked for."
        case .awaitingPerson: "A person will mark this answer."
        case .markedByPerson: "A person marked this answer."
        case .tries, .certainty, .dropped, .acceptAll, .floor, .rounding, .latePenalty, .overdue, .negativeTotal:
            englishOfQuizRule
        default: englishOfInteraction
        }
    }

    private var englishOfInteraction: String {
        switch rule {
        case .weights: "\(counted) of \(of) right choices were made, and \(amiss) others; each choice has its weight."
        case .allOrNothing: "\(share) right; only all of them together earn points."
        case .rightMinusWrong: "\(share) right and \(amiss) wrong; wrong ones are taken off right ones."
        case .acceptedAnswer: "The answer is accepted, for \(Language.en.percent(value))."
        case .noAcceptedAnswer: "The answer is not among those that are accepted."
        case .unit: "The unit is missing or not known, which costs \(Language.en.percent(value))."
        case .pairs: "\(share) right."
        case .ordering: "\(counted) of \(of) are in order."
        case .gap: "Gap \(subject ?? "") is right for \(Language.en.percent(value))."
        case .areas: "\(counted) of \(of) areas are marked, and \(amiss) marks lie outside."
        case .variables: "With \(subject ?? "")."
        case .matchCorrect: counted == 1 ? "\(variable) is right." : "\(variable) is not right."
        case .mapResponse, .mapResponsePoint: "\(variable) scores \(value ?? 0)."
        default: ""
        }
    }

    private var englishOfQuizRule: String {
        switch rule {
        case .floor: "Less than nothing counts as nothing."
        case .tries: "Try \(counted) counts; earlier tries cost \(Language.en.percent(value))."
        case .certainty: "Certainty \(counted): the answer counts \(value ?? 0) times."
        case .dropped: "The question was dropped: it counts neither for nor against you."
        case .acceptAll: "The question was corrected: everybody gets full points."
        case .rounding: "The points are rounded from \(value ?? 0)."
        case .latePenalty:
            "Handed in late: \(value ?? 0) points are taken off for \(counted) started \(subject ?? "periods")."
        case .overdue: "Handed in \(counted) seconds after the time limit: the attempt does not count."
        case .negativeTotal: "Less than nothing in all counts as nothing."
        default: ""
        }
    }

    private var share: String { "\(counted) of \(of) \(subject ?? "parts") are" }
    private var variable: String { subject.map { "Part \($0)" } ?? "The answer" }
}
