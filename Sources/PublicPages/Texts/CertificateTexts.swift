import CertificateRecord

/// What the pages of certificates say in a language. `%` stands for a day, a time or a name.
struct CertificateTexts: Sendable {
    let title, certifies, completed: String
    let valid, expired, revoked, reissued: PageWords
    /// Behind the sentence of one whose learner was erased.
    let erased: String
    let issuedOn, validUntil, number, code, edition: String
    let compare, compareHow, badge, checked: String
    let unknown, ask: PageWords
    let label, button: String
    let description, criteria: String
    let noAchievement, unavailable: PageWords

    /// Nil for one that is not issued.
    func state(_ state: CertificateState) -> PageWords? {
        switch state {
        case .issuing: nil
        case .valid: valid
        case .expired: expired
        case .revoked: revoked
        case .reissued: reissued
        }
    }

    static func `in`(_ language: PageLanguage) -> Self {
        switch language {
        case .en: english
        case .de: german
        case .fr: french
        case .es: spanish
        }
    }
}
