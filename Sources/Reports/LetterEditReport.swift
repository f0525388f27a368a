package import DeadLetters

/// What another payload makes of a letter, as `dead edit --json` prints it.
package struct LetterEditReport: Codable {
    package struct Difference: Codable {
        package let path: String
        package let old: String?
        package let new: String?
    }

    package let id: String
    package let edited: Bool
    package let differences: [Difference]

    package init(_ id: LetterID, isEdited: Bool, _ differences: [PayloadEdit.Difference]) {
        self.id = "\(id)"
        edited = isEdited
        self.differences = differences.map { Difference(path: $0.path, old: $0.old, new: $0.new) }
    }
}
