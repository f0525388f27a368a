/// Why a mail can never be sent as it is: one sentence, for the person who looks at the dead letter.
struct InvalidEmail: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// What a producer gave, short and on one line.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let shown = String(String.UnicodeScalarView(scalars.prefix(80))).debugDescription.dropFirst().dropLast()
        return "'\(shown)\(scalars.count > 80 ? "…" : "")'"
    }
}
