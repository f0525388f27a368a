package import DeadLetters

/// What another payload makes of a letter, as `dead edit --json` prints it.
package struct LetterEditReport: Encodable {
    private struct Difference: Encodable {
        let path: String
        let old: String?
        let new: String?
    }

    private let id: String
    private let edited: Bool
    private let differences: [Difference]

    package init(_ id: LetterID, isEdited: Bool, _ differences: [PayloadEdit.Difference]) {
        self.id = "\(id)"
        edited = isEdited
        self.differences = differences.map { Difference(path: $0.path, old: $0.old, new: $0.new) }
    }
}
