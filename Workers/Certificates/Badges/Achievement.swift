/// What can be achieved: a course, as a rule.
package struct Achievement: Codable, Sendable, Equatable {
    /// What has to be done for it.
    package struct Criteria: Codable, Sendable, Equatable {
        /// A page that says it.
        package var id: String?
        /// Markdown.
        package var narrative: String?

        package init(page: String? = nil, narrative: String? = nil) { (id, self.narrative) = (page, narrative) }
    }

    package struct Image: Codable, Sendable, Equatable {
        package let id: String
        package let type: String

        /// - Parameter url: of a PNG or SVG.
        package init(url: String) { (id, type) = (url, "Image") }
    }

    /// A URI.
    package let id: String
    package let type: [String]
    package let name: String
    package let description: String
    package let criteria: Criteria
    package var image: Image?

    package init(id: String, name: String, description: String, criteria: Criteria, image: Image? = nil) {
        type = ["Achievement"]
        (self.id, self.name, self.description) = (id, name, description)
        (self.criteria, self.image) = (criteria, image)
    }
}
