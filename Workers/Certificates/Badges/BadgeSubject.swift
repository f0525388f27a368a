/// Who has achieved what.
package struct BadgeSubject: Codable, Sendable, Equatable {
    /// A URI that is the learner's: Open Badges wants one in a signed token.
    package let id: String
    package let type: [String]
    package let identifier: [BadgeIdentity]
    package let achievement: Achievement

    package init(id: String, identities: [BadgeIdentity], achievement: Achievement) {
        type = ["AchievementSubject"]
        (self.id, identifier, self.achievement) = (id, identities, achievement)
    }
}
