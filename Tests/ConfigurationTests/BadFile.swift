import Testing

/// A file with a mistake, and what the command says about it.
struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let complaint: String

    init(_ name: String, _ text: String, _ complaint: String) {
        self.name = name
        self.text = text
        self.complaint = complaint
    }

    var testDescription: String { name }
}
