extension ExplanationStep {
    var german: String {
        switch rule {
        case .noResponse: "Es gibt keine Antwort."
        case .unreadable: "Die Antwort ist nicht lesbar und kann nicht bewertet werden."
        case .wordCount:
            "Der Text hat \(counted) Wörter; verlangt waren \(counted < of ? "mindestens" : "höchstens") \(of)."
        case .awaitingPerson: "Diese Antwort wird noch von einem Menschen bewertet."
        case .markedByPerson: "Diese Antwort wurde von einem Menschen bewertet."
        case .tries, .certainty, .dropped, .acceptAll, .floor, .rounding, .latePenalty, .overdue, .negativeTotal:
            germanOfQuizRule
        default: germanOfInteraction
        }
    }

    private var germanOfInteraction: String {
        switch rule {
        case .weights:
            "\(counted) von \(of) richtigen und \(amiss) andere wurden gewählt; jede Auswahl hat ihr Gewicht."
        case .allOrNothing: "\(share) richtig; Punkte gibt es nur für alle zusammen."
        case .rightMinusWrong: "\(share) richtig und \(amiss) falsch; falsche werden von richtigen abgezogen."
        case .acceptedAnswer: "Die Antwort gilt, und zwar zu \(Language.de.percent(value))."
        case .noAcceptedAnswer: "Die Antwort gehört nicht zu denen, die gelten."
        case .unit: "Die Einheit fehlt oder ist unbekannt; das kostet \(Language.de.percent(value))."
        case .pairs: "\(share) richtig."
        case .ordering: "\(counted) von \(of) sind in der richtigen Reihenfolge."
        case .gap: "Lücke \(subject ?? "") ist zu \(Language.de.percent(value)) richtig."
        case .areas: "\(counted) von \(of) Flächen sind markiert; \(amiss) Markierungen liegen außerhalb."
        case .variables: "Mit \(subject ?? "")."
        case .matchCorrect: counted == 1 ? "\(variable) ist richtig." : "\(variable) ist nicht richtig."
        case .mapResponse, .mapResponsePoint: "\(variable) ergibt \(Language.de.number(value))."
        default: ""
        }
    }

    private var germanOfQuizRule: String {
        switch rule {
        case .floor: "Weniger als nichts zählt als nichts."
        case .tries: "Versuch \(counted) zählt; frühere Versuche kosten \(Language.de.percent(value))."
        case .certainty: "Sicherheit \(counted): Die Antwort zählt \(Language.de.number(value))-fach."
        case .dropped: "Die Frage wurde gestrichen; sie zählt weder für noch gegen Sie."
        case .acceptAll: "Die Frage wurde berichtigt; alle erhalten die volle Punktzahl."
        case .rounding: "Die Punkte sind von \(Language.de.number(value)) gerundet."
        case .latePenalty:
            "Verspätet abgegeben: \(Language.de.number(value)) Punkte Abzug für \(counted) angefangene \(period)."
        case .overdue: "\(counted) Sekunden nach Ablauf der Zeit abgegeben; der Versuch zählt nicht."
        case .negativeTotal: "Weniger als nichts insgesamt zählt als nichts."
        default: ""
        }
    }

    private var share: String {
        let noun =
            switch subject {
            case "items": "Elementen"
            case "pairs": "Paaren"
            case "choices": "Auswahlen"
            default: "Teilen"
            }
        return "\(counted) von \(of) \(noun) sind"
    }

    private var period: String {
        let isHour = subject?.hasPrefix("hour") ?? false
        return counted == 1 ? (isHour ? "Stunde" : "Tag") : (isHour ? "Stunden" : "Tage")
    }

    private var variable: String { subject.map { "Teil \($0)" } ?? "Die Antwort" }
}
