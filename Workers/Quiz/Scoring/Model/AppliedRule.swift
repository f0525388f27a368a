/// The rules an explanation names.
package enum AppliedRule: String, Codable, Sendable, CaseIterable {
    // What came in.
    case noResponse, unreadable, wordCount
    // Interactions.
    case weights, allOrNothing, rightMinusWrong
    case acceptedAnswer, noAcceptedAnswer, unit
    case pairs, ordering, gap, areas, variables
    case matchCorrect, mapResponse, mapResponsePoint
    case awaitingPerson, markedByPerson
    // Rules of the question and the quiz.
    case floor, tries, certainty, dropped, acceptAll
    case rounding, latePenalty, overdue, negativeTotal
}
