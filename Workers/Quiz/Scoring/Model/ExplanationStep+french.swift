extension ExplanationStep {
    var french: String {
        switch rule {
        case .noResponse: "Il n’y a pas de réponse."
        case .unreadable: "La réponse est illisible et ne peut être notée."
        case .wordCount:
            "Le texte a \(counted) mots ; il en fallait \(of) au \(counted < of ? "moins" : "plus")."
        case .awaitingPerson: "Une personne doit encore noter cette réponse."
        case .markedByPerson: "Une personne a noté cette réponse."
        case .tries, .certainty, .dropped, .acceptAll, .floor, .rounding, .latePenalty, .overdue, .negativeTotal:
            frenchOfQuizRule
        default: frenchOfInteraction
        }
    }

    private var frenchOfInteraction: String {
        switch rule {
        case .weights: "Choix justes : \(counted) sur \(of), autres choix : \(amiss) ; chaque choix a son poids."
        case .allOrNothing: "\(share) ; il faut que tout soit juste pour obtenir des points."
        case .rightMinusWrong: "\(share), faux : \(amiss) ; les faux sont déduits des justes."
        case .acceptedAnswer: "La réponse est acceptée, à \(Language.fr.percent(value))."
        case .noAcceptedAnswer: "La réponse n’est pas parmi celles qui sont acceptées."
        case .unit: "L’unité manque ou est inconnue, ce qui coûte \(Language.fr.percent(value))."
        case .pairs: "\(share)."
        case .ordering: "\(counted) sur \(of) dans le bon ordre."
        case .gap: "Le trou \(subject ?? "") est juste à \(Language.fr.percent(value))."
        case .areas: "Zones marquées : \(counted) sur \(of) ; marques en dehors : \(amiss)."
        case .variables: "Avec \(subject ?? "")."
        case .matchCorrect: counted == 1 ? "\(variable) est juste." : "\(variable) n’est pas juste."
        case .mapResponse, .mapResponsePoint: "\(variable) vaut \(Language.fr.number(value))."
        default: ""
        }
    }

    private var frenchOfQuizRule: String {
        switch rule {
        case .floor: "Moins que rien compte pour rien."
        case .tries: "L’essai \(counted) compte ; les précédents coûtent \(Language.fr.percent(value))."
        case .certainty: "Certitude \(counted) : la réponse compte \(Language.fr.number(value)) fois."
        case .dropped: "La question a été annulée : elle ne compte ni pour vous ni contre vous."
        case .acceptAll: "La question a été corrigée : tout le monde a tous les points."
        case .rounding: "Points arrondis ; valeur exacte : \(Language.fr.number(value))."
        case .latePenalty:
            "Remis en retard ; points déduits : \(Language.fr.number(value)), pour \(counted) \(period) de retard."
        case .overdue: "Remis \(counted) secondes après la fin du temps : la tentative ne compte pas."
        case .negativeTotal: "Moins que rien au total compte pour rien."
        default: ""
        }
    }

    private var share: String {
        let noun =
            switch subject {
            case "items": "Éléments justes"
            case "pairs": "Paires justes"
            case "choices": "Choix justes"
            default: "Parties justes"
            }
        return "\(noun) : \(counted) sur \(of)"
    }

    private var period: String {
        let unit = subject?.hasPrefix("hour") ?? false ? "heure" : "jour"
        return counted == 1
            ? "\(unit) entamé\(unit == "heure" ? "e" : "")" : "\(unit)s entamé\(unit == "heure" ? "e" : "")s"
    }

    private var variable: String { subject.map { "La partie \($0)" } ?? "La réponse" }
}
