extension ExplanationStep {
    /// One sentence for a learner.
    package func text(_ language: Language) -> String {
        switch language {
        case .en: english
        case .de: german
        case .fr: french
        }
    }

    // What all languages fill in.

    var counted: Int { count ?? 0 }
    var of: Int { total ?? 0 }
    var amiss: Int { wrong ?? 0 }
}
