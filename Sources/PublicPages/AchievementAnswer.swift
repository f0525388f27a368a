import CertificateRecord
import JOSE

/// What a program learns of what a course awards, in the words of Open Badges 3.0.
struct AchievementAnswer: Encodable {
    private struct Criteria: Encodable {
        let narrative: String
    }

    /// As badges name it; nil where none are made.
    private let id: String?
    private let type = ["Achievement"]
    private let name: String
    private let description: String?
    private let criteria: Criteria?

    init(_ details: CertificateDetails, id: String?) {
        self.id = id
        (name, description) = (details.title, details.description)
        criteria = details.criteria.map(Criteria.init)
    }

    var json: [UInt8] { SortedJSON.bytes(self) }
}
