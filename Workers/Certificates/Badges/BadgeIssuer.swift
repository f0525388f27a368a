/// Who awards: a profile of Open Badges.
package struct BadgeIssuer: Codable, Sendable, Equatable {
    /// A URI: `did:web:learn.example.org`, or a page.
    package let id: String
    package let type: [String]
    package let name: String
    package var url: String?
    package var email: String?

    package init(id: String, name: String, url: String? = nil, email: String? = nil) {
        type = ["Profile"]
        (self.id, self.name, self.url, self.email) = (id, name, url, email)
    }
}
